import type { Context } from '../../../tenancy/context.ts'
import { thereBy } from '../factor.ts'

/** The number of somebody's confirmed phone, in E.164, for sending a code; null when there is none, or none they had by that moment. */
export async function numberOf(context: Context, accountId: string, hadAt?: Date): Promise<string | null> {
  const row = await context.one<{ id: string; number: string }>(
    `select id, number from phone where account_id = ? and removed_at is null and ${thereBy('confirmed_at')}`,
    [accountId, hadAt ?? null],
  )
  return row && context.unseal('phone', 'number', row.id, row.number)
}

/** Keeps a number that was just confirmed by a code; the one before is put away. In the caller's transaction. */
export async function savePhone(context: Context, accountId: string, number: string): Promise<void> {
  const id = crypto.randomUUID()
  await context.query('update phone set removed_at = ? where account_id = ? and removed_at is null', [
    context.at,
    accountId,
  ])
  await context.query(
    'insert into phone (tenant_id, id, account_id, number, lookup, confirmed_at) values (?, ?, ?, ?, ?, ?)',
    [
      context.tenant.id,
      id,
      accountId,
      context.tenant.vault.seal(context.place('phone', 'number', id), number),
      context.tenant.vault.mac('phone', number),
      context.at,
    ],
  )
}
