import { thereBy, type FactorFacts } from './factor.ts'
import type { Context } from '../../tenancy/context.ts'

/** @param by a condition on the moment a factor came, put into each part */
const facts = (by: (came: string) => string): string => `json_build_object(
  'ownPeople', a.kind <> 'client',
  'passkey', exists (select from passkey where account_id = a.id and removed_at is null${by('created_at')}),
  'approval', exists (select from approver where account_id = a.id and removed_at is null${by('created_at')}),
  'authenticator', exists (select from authenticator where account_id = a.id and removed_at is null${by('confirmed_at')}),
  'phone', exists (select from phone where account_id = a.id and removed_at is null${by('confirmed_at')}),
  'backupCode', exists (select from backup_code where account_id = a.id and used_at is null and replaced_at is null${by('created_at')}),
  'backupCodeSpent', exists (select from backup_code where account_id = a.id and used_at is not null)
    and not exists (select from backup_code where account_id = a.id and used_at is null and replaced_at is null))`

/** Which factors the account `a` has, as JSON: a piece for any statement that selects from `account a`. */
export const factorFactsSelect = facts(() => '')

const dated = facts((came) => ` and ${thereBy(came)}`)
const moments = dated.split('?').length - 1

/** Which factors somebody has, or which of them they had by a moment already; null for an account nobody has. */
export async function factorFactsBy(context: Context, accountId: string, hadAt?: Date): Promise<FactorFacts | null> {
  const row = await context.one<{ factors: FactorFacts }>(`select ${dated} as factors from account a where a.id = ?`, [
    ...Array<Date | null>(moments).fill(hadAt ?? null),
    accountId,
  ])
  return row?.factors ?? null
}
