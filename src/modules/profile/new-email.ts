import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { findLink, spend, type AliveLink, type LinkState } from '../../identity/tokens/index.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { changeEmail, isTaken, lockedAccount, readEmail } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { endAllSessions, endOtherSessions, killWaysIn, renewSession, stillHere } from '../../identity/sessions/index.ts'
import { provePassword } from '../../identity/challenge/index.ts'
import { isPerson } from './somebody.ts'
import { emailConfirmView, emailGoneView } from './views.ts'
import { profileActions } from './audit-actions.ts'
import { profileNotices } from './notices.ts'

const gone = ({ state }: { state: LinkState['state'] | 'taken' }): Page =>
  page(emailGoneView, { state }, state === 'unknown' ? 404 : 410)

/**
 * Whose link it is confirms with their password, also when they are signed in here: neither a mailbox nor a session
 * somebody left open changes an address by itself.
 */
const confirmPage = (token: string, link: AliveLink): Page =>
  page(emailConfirmView, { action: `/profile/email/${token}`, email: link.held })

/** GET of the mailed link: shows, and changes nothing. */
export async function showNewEmail(context: Context, token: string): Promise<Page> {
  const found = await findLink(context, token, 'emailChange')
  return found.state === 'alive' ? confirmPage(token, found.link) : gone(found)
}

/** Confirms the new address; the old one is told, with the way to undo it. */
export async function confirmEmail(context: Context, token: string, password: string): Promise<Answer> {
  const found = await findLink(context, token, 'emailChange')
  if (found.state !== 'alive') return gone(found)
  const shown = confirmPage(token, found.link)
  if (!password) return again(shown, { password: { key: 'step-up.password.empty' } })
  const verdict = await provePassword(context, found.link.accountId, password)
  if (verdict.wait) return again(shown, { password: { key: 'step-up.wait', params: { seconds: verdict.wait } } }, 429)
  if (!verdict.right) return again(shown, { password: { key: 'step-up.password.wrong' } })
  try {
    return await context.transaction(
      async (inner) =>
        (await change(inner, found.link, verdict.hash)) ??
        again(shown, { password: { key: 'step-up.password.wrong' } }),
    )
  } catch (error) {
    // In the same moment somebody else got this address: PostgreSQL decides (unique_violation).
    if ((error as { code?: string }).code === '23505') return gone({ state: 'taken' })
    throw error
  }
}

/** @param hash of the password that was right; null comes back when another change took it away meanwhile */
async function change(context: Context, link: AliveLink, hash: string | null): Promise<Answer | null> {
  const here = isPerson(context, link.accountId)
  if (here && !(await stillHere(context))) return see('/sign-in')
  // First the account, as every act does: a change of password and this one never wait for each other.
  const old = await lockedAccount(context, link.accountId)
  if (!old?.passwordHash || old.passwordHash !== hash) return null
  if (!(await spend(context, link.id))) return gone({ state: 'used' })
  const read = readEmail(link.held ?? '')
  if (!read.ok || (await isTaken(context, 'email_lookup', read.lookup, old.id))) return gone({ state: 'taken' })
  await changeEmail(context, old.id, read)
  await killWaysIn(context, old.id)
  if (here) {
    await endOtherSessions(context)
    await renewSession(context)
  } else await endAllSessions(context, old.id)
  await sendNotice(context, old, profileNotices.emailChanged)
  await record(context, profileActions.emailChanged, { actor: old.id, subject: old.id })
  context.browser.flash('profile.done.email')
  return see(here ? '/profile' : '/sign-in')
}
