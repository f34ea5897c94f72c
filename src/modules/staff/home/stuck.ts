import { sql } from 'kysely'
import { jsonArrayFrom, jsonBuildObject } from 'kysely/helpers/postgres'
import { view } from '../../../platform/views/view.ts'
import type { PersonContext } from '../../../tenancy/context.ts'
import { invitePeople, seeEverybody } from '../../../identity/accounts/index.ts'
import { adminOnly } from '../../activation/index.ts'
import { decideResets, waitingFor, type WaitingRequest } from '../../recovery/index.ts'
import { sharedRows, widget, type Answered } from '../../../tenancy/home-parts.ts'
import { stuckPeople } from '../people.ts'
import { shown, type PersonRow, type PersonShown } from '../person.ts'
import { allow } from '../../../identity/permissions/index.ts'

/** As many people as are named; the list behind it has them all. */
const named = 8

/** Why somebody stands here: a text `staff.why.<key>` or, of who waits for another's yes, `staff.stuck.<key>`. */
interface Stuck {
  name: string
  href: string
  organisation: string | null
  why: PersonShown['why'] | null
  waits: 'given' | 'own' | 'admin' | null
  at: Date | null
}

const onTheWay =
  (context: PersonContext) =>
  (row: PersonRow): Stuck => {
    const { id, name, organisation, kind, why } = shown(context, row)
    // A link that is over is put right by a new one; for everything else somebody must look or call first.
    const again = why[0]?.key === 'expired' && !adminOnly(context, { kind })
    return {
      name,
      organisation,
      why,
      waits: null,
      at: why[0]?.at ?? null,
      href: `/staff/people/${id}${again ? '/invitation' : ''}`,
    }
  }
const waiting = ({ name, accountId, askedAt, own, given }: WaitingRequest): Stuck => ({
  name,
  organisation: null,
  why: null,
  waits: given ? 'given' : own ? 'own' : 'admin',
  at: new Date(askedAt),
  href: `/staff/people/${accountId}`,
})

/** Those who are stuck, as what several widgets tell of. */
export const sharedStuck = (context: PersonContext) => ({
  stuck: stuckPeople(context, named),
})

/** Those who are stuck, and who waits for another's yes, where this person decides about such. */
const asks = (context: PersonContext) =>
  jsonBuildObject({
    people: jsonArrayFrom(sharedRows<PersonRow>('stuck').selectAll()),
    requests: allow(context, decideResets)
      ? waitingFor(context, 'others', named)
      : sql.lit<WaitingRequest[] | null>(null),
  })

/** `nothing`: it may be left out. */
interface StuckPeople {
  rows: Stuck[]
  total: number
  more: boolean
  nothing?: boolean
}

/**
 * Who does not get in and why, each leading to where it is put right. What this person can decide at once is in *to
 * do*.
 */
export const stuck = widget<Answered<typeof asks>, StuckPeople>({
  name: 'stuck',
  view: view('staff/widget-stuck'),
  picture: 'users',
  place: {
    client: { in: 'main', order: 20 },
    staff: { in: 'main', order: 20 },
    admin: { in: 'main', order: 20 },
  },
  shared: sharedStuck,
  suits: (context) => allow(context, invitePeople),
  refreshes: true,
  asks,
  data(context, { people, requests }) {
    const rows = [...(requests ?? []).map(waiting), ...people.map(onTheWay(context))]
    // A client with three colleagues need not read every day that none of them is stuck.
    return {
      rows,
      total: people[0]?.total ?? 0,
      more: (people[0]?.total ?? 0) > people.length,
      nothing: !allow(context, seeEverybody) && !rows.length,
    }
  },
})
