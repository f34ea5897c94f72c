import type { PersonContext } from '../../tenancy/context.ts'
import { adminsDecide } from './deciders.ts'
import { allow } from '../../identity/permissions/index.ts'
import { decideOwnResets } from './permissions.ts'

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

/**
 * The open requests this person can say yes to (`mine`), or those that wait for somebody else, of administrators for
 * another administrator; the longest waiting first, so many of them. A piece of a statement that gives JSON.
 */
export function waitingPart(
  context: PersonContext,
  whose: 'mine' | 'others',
  most: number,
): { sql: string; params: unknown[] } {
  const { id } = context.person
  const given = 'exists (select from recovery_release where request_id = r.id and staff_id = ?)'
  return {
    sql: `select coalesce(json_agg(w order by w."askedAt"), '[]') from (
      select r.id, r.account_id as "accountId", a.name, r.asked_at as "askedAt", r.account_id = ? as own, ${given} as given, (count(*) over ())::int as total
      from recovery_request r join account a on a.tenant_id = r.tenant_id and a.id = r.account_id
      where r.done_at is null and r.cancelled_at is null and r.ended_at is null
        and (r.account_id = ? or ${given} or (${adminsDecide} and ?)) = ${whose === 'others'}
      order by r.asked_at limit ${most}) w`,
    params: [id, id, id, id, !allow(context, decideOwnResets)],
  }
}
