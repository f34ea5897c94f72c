import { killOneTime } from '../../tenancy/links.ts'
import { sendNotice } from '../../tenancy/notices.ts'
import type { Visit } from '../../tenancy/visit.ts'
import type { Account } from '../accounts/index.ts'
import { audit } from '../audit/index.ts'
import { savePhone } from '../factors/index.ts'
import { loseFactors, storePassword, walkOf } from '../onboarding/index.ts'
import { endEverywhere } from '../sessions/index.ts'

const purposes = ['reset', 'releasedReset', 'resetCode', 'resetCancel'] as const

/** Ends whatever was under way to get back in: links, codes, requests and what waited in them. */
export async function endRecovery(visit: Visit, accountId: string): Promise<void> {
  for (const purpose of purposes) await killOneTime(visit, accountId, purpose)
  await visit.query(
    `update recovery_request set ended_at = ?, password = null, number = null where account_id = ? and done_at is null and cancelled_at is null and ended_at is null`,
    [visit.at, accountId],
  )
  await visit.query('delete from reset_progress where account_id = ?', [accountId])
}

/** What is saved: the hash of the new password, the new number where that belongs to it, and whether all factors are lost. */
export interface Fresh {
  hash: string
  number?: string | null
  lost?: boolean
}

/** Saves the new password and all that follows from it, in the caller's transaction. Signs nobody in. */
export async function saveFresh(
  visit: Visit,
  account: Account,
  { hash, number = null, lost = false }: Fresh,
): Promise<void> {
  const actor = visit.person?.id ?? account.id
  if (lost) await loseFactors(visit, account, await walkOf(visit, account.id, 'activation', { lock: true }))
  await storePassword(visit, account.id, hash)
  await audit(visit, 'password.reset', { subject: account.id, actor })
  await sendNotice(visit, account, 'passwordChanged')
  if (number) {
    await savePhone(visit, account.id, number)
    await audit(visit, 'phone.confirmed', { subject: account.id, actor })
    await sendNotice(visit, account, 'phoneChanged')
  }
  await endEverywhere(visit, account.id)
  await endRecovery(visit, account.id)
}
