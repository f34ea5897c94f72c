import { jsonObjectFrom } from 'kysely/helpers/postgres'
import { invitePeople, openPeople, seeEverybody } from '../../../identity/accounts/index.ts'
import { allow, visible } from '../../../identity/permissions/index.ts'
import { tables } from '../../../platform/db/tables.ts'
import { view } from '../../../platform/views/view.ts'
import type { PersonContext } from '../../../tenancy/context.ts'
import { widget, type Answered } from '../../../tenancy/home-parts.ts'

/** Of others' tables only what they hand out. */
const { fragment } = tables()

/** How many of the own organisation take part, and how many were asked to; asked for clients only. */
const asks = (context: PersonContext) =>
  !allow(context, seeEverybody)
    ? jsonObjectFrom(
        fragment
          .selectFrom(openPeople.as('a'))
          .select(({ fn }) => [
            fn.countAll<number>().filterWhere('a.activated_at', 'is not', null).as('active'),
            fn.countAll<number>().filterWhere('a.activated_at', 'is', null).as('invited'),
          ])
          .where(visible(context, invitePeople, 'a')),
      )
    : null

interface People {
  counts: Answered<typeof asks>
}

/**
 * Finding and inviting people. A client reads besides how many of the own organisation are in; for the firm's own
 * people that is its health.
 */
export const people = widget<Answered<typeof asks>, People>({
  name: 'people',
  view: view('staff/widget-people'),
  picture: 'search',
  place: {
    client: { in: 'side', order: 10 },
    staff: { in: 'side', order: 10 },
    admin: { in: 'side', order: 10 },
  },
  suits: (context) => allow(context, invitePeople),
  asks,
  data: (_, counts) => ({ counts }),
})
