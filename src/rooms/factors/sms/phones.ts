import type { Visit } from '../../../tenancy/visit.ts'
import { thereBy } from '../factor.ts'

/** The number of somebody's confirmed phone, in E.164, for sending a code; null when there is none, or none they had by that moment. */
export async function numberOf(visit: Visit, accountId: string, hadAt?: Date): Promise<string | null> {
  const row = await visit.one<{ id: string; number: string }>(
    `select id, number from phone where account_id = ? and removed_at is null and ${thereBy('confirmed_at')}`,
    [accountId, hadAt ?? null],
  )
  return row && visit.unseal('phone', 'number', row.id, row.number)
}

/** Keeps a number that was just confirmed by a code; the one before is put away. In the caller's transaction. */
export async function savePhone(visit: Visit, accountId: string, number: string): Promise<void> {
  const id = crypto.randomUUID()
  await visit.query('update phone set removed_at = ? where account_id = ? and removed_at is null', [
    visit.at,
    accountId,
  ])
  await visit.query(
    'insert into phone (tenant_id, id, account_id, number, lookup, confirmed_at) values (?, ?, ?, ?, ?, ?)',
    [
      visit.tenant.id,
      id,
      accountId,
      visit.tenant.vault.seal(visit.place('phone', 'number', id), number),
      visit.tenant.vault.mac('phone', number),
      visit.at,
    ],
  )
}
