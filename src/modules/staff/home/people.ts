import { view } from '../../../platform/views/view.ts'
import { invitePeople } from '../../../identity/accounts/index.ts'
import { textPart } from '../../../platform/db/text.ts'
import { widget } from '../../../tenancy/home-parts.ts'
import { allow, visibleText } from '../../../identity/permissions/index.ts'

/** How many of the own organisation take part, and how many were asked to. */
interface Row {
  active: number
  invited: number
}

interface People {
  counts: Row | null
}

/** Finding and inviting people. A client reads besides how many of the own organisation are in; for the firm's own people that is its health. */
export const people = widget<Row | null, People>({
  name: 'people',
  view: view('staff/widget-people'),
  picture: 'search',
  place: {
    client: { in: 'side', order: 10 },
    staff: { in: 'side', order: 10 },
    admin: { in: 'side', order: 10 },
  },
  suits: (context) => allow(context, invitePeople),
  asks(context) {
    if (context.person.kind !== 'client') return null
    const { where, params } = visibleText(context, invitePeople, 'a')
    return textPart({
      sql: `select json_build_object('active', count(*) filter (where a.activated_at is not null), 'invited', count(*) filter (where a.activated_at is null))
        from account a where a.blocked_at is null and ${where}`,
      params,
    })
  },
  data: ({ person }, row) => ({ counts: person.kind === 'client' ? row : null }),
})
