import { killOneTime } from '../../identity/tokens/index.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { enrolPhone } from '../../identity/factors/index.ts'
import { dropOnLinks, loseFactors, stateOf } from '../../identity/flow/index.ts'
import { passwordNotices, storePassword } from '../../identity/passwords/index.ts'
import { endEverywhere, killWaysIn } from '../../identity/sessions/index.ts'
import { recoveryActions } from './audit-actions.ts'
import { endRequestOf } from './store.ts'

const purposes = ['reset', 'releasedReset', 'resetCode', 'resetCancel'] as const

/** Ends whatever was under way to get back in: links, codes, requests and what waited in them. */
export async function endRecovery(context: Context, accountId: string): Promise<void> {
  for (const purpose of purposes) await killOneTime(context, accountId, purpose)
  await endRequestOf(context, accountId)
  await dropOnLinks(context, accountId)
}

/**
 * What is saved: the hash of the new password, the new number where that belongs to it, and whether all factors are
 * lost.
 */
export interface Fresh {
  hash: string
  number?: string | null
  lost?: boolean
}

/** Saves the new password and all that follows from it, in the caller's transaction. Signs nobody in. */
export async function saveFresh(
  context: Context,
  account: Account,
  { hash, number = null, lost = false }: Fresh,
): Promise<void> {
  const actor = context.person?.id ?? account.id
  if (lost) await loseFactors(context, account, await stateOf(context, account.id, 'activation', { lock: true }))
  await storePassword(context, account.id, hash)
  await record(context, recoveryActions.passwordReset, { subject: account.id, actor })
  await sendNotice(context, account, passwordNotices.changed)
  if (number) await enrolPhone(context, account, number)
  await endEverywhere(context, account.id)
  await killWaysIn(context, account.id)
}
