import type { Expression } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { tables } from '../../platform/db/tables.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { people } from '../../identity/accounts/index.ts'
import { allow } from '../../identity/permissions/index.ts'
import { adminsDecide } from './deciders.ts'
import { RecoveryRelease, RecoveryRequest } from './entities.ts'
import { decideOwnResets } from './permissions.ts'

const { fragment } = tables(RecoveryRequest, RecoveryRelease)

/**
 * Somebody who lost everything and waits, as the home page of the firm's people tells it. `own`: it is about who looks;
 * `given`: they said yes already, and another must. Moments come as texts. `total` counts all that wait.
 */
export interface WaitingRequest {
  id: string
  accountId: string
  name: string
  askedAt: string
  own: boolean
  given: boolean
  total: number
}

/** Whether this person said yes to a request. */
const given = (request: Expression<string>, by: string) =>
  fragment.exists(
    fragment
      .selectFrom('recovery_release')
      .select('recovery_release.request_id')
      .where('recovery_release.request_id', '=', request)
      .where('recovery_release.staff_id', '=', by),
  )

/**
 * The open requests this person can say yes to (`mine`), or those that wait for somebody else, of administrators for
 * another administrator; the longest waiting first, so many of them.
 */
export function waitingFor(
  context: PersonContext,
  whose: 'mine' | 'others',
  most: number,
): Expression<WaitingRequest[]> {
  const { person } = context
  const decidesOwn = allow(context, decideOwnResets)
  const rows = fragment
    .selectFrom('recovery_request as r')
    .innerJoin(people.as('a'), (join) =>
      join.onRef('a.tenant_id', '=', 'r.tenant_id').onRef('a.id', '=', 'r.account_id'),
    )
    .select(['r.id', 'r.account_id as accountId', 'a.name', 'r.asked_at as askedAt'])
    .select((eb) => [
      eb('r.account_id', '=', person.id).as('own'),
      given(eb.ref('r.id'), person.id).as('given'),
      eb.fn.countAll<number>().over().as('total'),
    ])
    .where((eb) =>
      eb.and([eb('r.done_at', 'is', null), eb('r.cancelled_at', 'is', null), eb('r.ended_at', 'is', null)]),
    )
    .where((eb) => {
      const others = eb.or([
        eb('r.account_id', '=', person.id),
        given(eb.ref('r.id'), person.id),
        ...(decidesOwn ? [] : [adminsDecide({ id: eb.ref('a.id'), kind: eb.ref('a.kind') })]),
      ])
      return whose === 'others' ? others : eb.not(others)
    })
    .orderBy('r.asked_at')
    .limit(most)
  return jsonArrayFrom(rows) as Expression<unknown> as Expression<WaitingRequest[]> // moments are texts in JSON
}
