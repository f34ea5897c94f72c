import type { Context } from '../../tenancy/context.ts'
import { isAsked, owed, standingSelect, type Owed, type Standing, type Via } from '../../identity/sessions/index.ts'

/** What the firm asks by now of everybody and this account lacks; null when nothing is missing or the day has not come. */
export async function askedNow(context: Context, accountId: string, via?: Via | null): Promise<Owed | null> {
  const row = await context.one<{ standing: Standing }>(
    `select ${standingSelect} as standing from account a where a.id = ?`,
    [accountId],
  )
  const missing =
    row && owed(context.tenant, row.standing, via ?? (context.person?.id === accountId ? context.session?.via : null))
  return missing && isAsked(missing, context.today) ? missing : null
}
