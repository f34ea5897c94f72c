import { accountByEmail, accountActions } from '../identity/accounts/index.ts'
import { record } from '../identity/audit/index.ts'
import type { Context } from '../tenancy/context.ts'
import { exportRecords } from '../tenancy/records.ts'

/**
 * Everything a firm keeps of somebody, as JSON (GDPR art. 15 and 20). That it was given out is in the firm's log, where
 * they read it too. @throws Error for an address nobody has
 */
export async function exportPerson(context: Context, email = ''): Promise<string> {
  const account = await accountByEmail(context, email)
  if (!account) throw new Error(`Nobody at this firm has the address "${email}"`)
  await record(context, accountActions.exported, { actor: null, subject: account.id })
  return JSON.stringify(await exportRecords(context, account.id), null, 2)
}
