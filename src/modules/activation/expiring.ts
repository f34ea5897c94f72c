import type { Context } from '../../tenancy/context.ts'
import { changePeople } from '../../identity/accounts/index.ts'
import { visibleText } from '../../identity/permissions/index.ts'

/** How long before its end an invitation is worth a call. */
const soon = 'P1D'

/** An invitation that stops working soon. Moments come as texts; `total` counts all of them. */
export interface Expiring {
  id: string
  name: string
  expiresAt: string
  total: number
}

/**
 * Invitations nobody has opened that stop working within a day and that this person can send again, the first to stop on top: a piece of a statement that
 * gives JSON. Of one that never works longer than a day only the last half counts, or each would be urgent at once.
 */
export function expiringPart(context: Context, most: number): { sql: string; params: unknown[] } {
  const { where, params } = visibleText(context, changePeople, 'a')
  return {
    sql: `select coalesce(json_agg(w order by w."expiresAt"), '[]') from (
      select a.id, a.name, l.expires_at as "expiresAt", (count(*) over ())::int as total
      from one_time l join account a on a.tenant_id = l.tenant_id and a.id = l.account_id
      where l.purpose = 'activation' and l.used_at is null and l.dead_at is null and l.expires_at > ? and l.expires_at <= ?
        and l.created_at + (l.expires_at - l.created_at) / 2 <= ? and a.activated_at is null and a.blocked_at is null and ${where}
      order by l.expires_at limit ${most}) w`,
    params: [context.at, context.from(soon), context.at, ...params],
  }
}
