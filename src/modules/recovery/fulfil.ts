import { sendMail, signInAddress } from '../../tenancy/outbox.ts'
import type { Context } from '../../tenancy/context.ts'
import { lockedAccount, usernameDetail, type Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { recoveryActions } from './audit-actions.ts'
import { mailReset } from './link.ts'
import { resetCancelledMail, resetDoneMail, resetReleasedMail } from './mails.ts'
import { endRecovery, saveFresh, type Fresh } from './save.ts'
import { closeRequest, openOf, type OpenRequest } from './store.ts'
import { accountsDue, nextDue } from './waiting-store.ts'

/**
 * What makes a request void: the account was blocked, or somebody chose a password or signed in with everything that
 * takes since it was made, so that the old phone is not lost after all.
 */
const overtaken = ({ blockedAt, passwordSetAt, lastSignInAt }: Account, { askedAt }: OpenRequest) =>
  Boolean(blockedAt || (passwordSetAt && passwordSetAt > askedAt) || (lastSignInAt && lastSignInAt > askedAt))

/** What waited in a request; null when it does not open. */
function unsealed(
  context: Context,
  id: string,
  { password, number }: { password: string; number: string },
): Fresh | null {
  const [hash, phone] = [
    context.unseal('recovery_request', 'password', id, password),
    context.unseal('recovery_request', 'number', id, number),
  ]
  return hash === null || phone === null ? null : { hash, number: phone }
}

/** What was to be saved is lost: the request ends, and its owner is told, who can ask anew. */
async function unreadable(context: Context, account: Account, id: string): Promise<false> {
  if (!(await closeRequest(context, id, 'ended_at'))) return false
  await endRecovery(context, account.id)
  await record(context, recoveryActions.unreadable, { actor: null, subject: account.id, outcome: 'refused' })
  await sendMail(context, account, { kind: resetCancelledMail, params: { name: account.name } })
  return false
}

/**
 * Does what was asked, once, in the caller's transaction and under the lock of the account.
 * @returns false when it was void
 */
export async function fulfil(context: Context, account: Account, found: OpenRequest): Promise<boolean> {
  if (overtaken(account, found)) {
    if (await closeRequest(context, found.id, 'ended_at'))
      await record(context, recoveryActions.overtaken, { subject: account.id, outcome: 'refused' })
    return false
  }
  const fresh = found.sealed && unsealed(context, found.id, found.sealed)
  if (found.sealed && !fresh) return unreadable(context, account, found.id)
  if (!(await closeRequest(context, found.id, 'done_at'))) return false
  await record(context, recoveryActions.done, { subject: account.id, detail: { kind: found.kind } })
  await (fresh ? saveAsked(context, account, fresh) : mailReleased(context, account))
  return true
}

async function saveAsked(context: Context, account: Account, fresh: Fresh): Promise<void> {
  await saveFresh(context, account, fresh)
  await sendMail(context, account, {
    kind: resetDoneMail,
    params: { name: account.name },
    details: usernameDetail(context.policy, account),
    link: signInAddress(account.language),
  })
}

async function mailReleased(context: Context, account: Account): Promise<void> {
  await endRecovery(context, account.id)
  await mailReset(context, account, resetReleasedMail)
}

/**
 * Saves what has waited long enough. Looked at again under the lock: what was stopped in the meantime stays stopped.
 */
export async function fulfilDue(context: Context): Promise<Date | null> {
  for (const accountId of await accountsDue(context)) {
    const one = context.transaction(async (inner) => {
      const account = await lockedAccount(inner, accountId)
      const found = account && (await openOf(inner, accountId))
      if (account && found?.dueAt && found.dueAt <= inner.at) await fulfil(inner, account, found)
    })
    // One person's trouble keeps nobody else waiting; it is tried again at the next turn.
    await one.catch((err: unknown) =>
      context.log.error({ err, account: accountId }, 'a request that was due could not be carried out'),
    )
  }
  return nextDue(context)
}
