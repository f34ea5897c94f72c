import type { Visit } from '../../tenancy/visit.ts'
import { isAsked, owed, standingSelect, type Owed, type Standing, type Via } from '../sessions/index.ts'

/** What the firm asks by now of everybody and this account lacks; null when nothing is missing or the day has not come. */
export async function askedNow(visit: Visit, accountId: string, via?: Via | null): Promise<Owed | null> {
  const row = await visit.one<{ standing: Standing }>(
    `select ${standingSelect} as standing from account a where a.id = ?`,
    [accountId],
  )
  const missing =
    row && owed(visit.tenant, row.standing, via ?? (visit.person?.id === accountId ? visit.session?.via : null))
  return missing && isAsked(missing, visit.today) ? missing : null
}
