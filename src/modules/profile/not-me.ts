import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { tooMany } from '../../platform/http/errors.ts'
import { findLink, killMadeSince, spend, type AliveLink, type LinkState } from '../../identity/tokens/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { lockAccount, readEmail, removePassword, restoreEmail } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { proveAddress } from '../../identity/challenge/index.ts'
import { undoSince } from '../../identity/notices/index.ts'
import { startReset } from '../recovery/index.ts'
import { endEverywhere, killWaysIn } from '../../identity/sessions/index.ts'
import { notMeGoneView, notMeView } from './views.ts'
import { profileActions } from './audit-actions.ts'

const gone = ({ state }: LinkState): Page => page(notMeGoneView, { state }, state === 'unknown' ? 404 : 410)
const notMePage = (token: string, email = ''): Page =>
  page(notMeView, { action: `/profile/not-me/${token}`, values: { email } })

/** GET of "was this not you?": shows, and changes nothing. */
export async function showNotMe(context: Context, token: string): Promise<Page> {
  const found = await findLink(context, token, 'notMe')
  return found.state === 'alive' ? notMePage(token) : gone(found)
}

/** Makes the account safe, for who types the address the notice went to. */
export async function answerNotMe(context: Context, token: string, typed: string): Promise<Answer> {
  const found = await findLink(context, token, 'notMe')
  if (found.state !== 'alive') return gone(found)
  const read = readEmail(typed)
  if (!read.ok) return again(notMePage(token, typed), { email: { key: read.key } })
  const sentTo = readEmail(found.link.held ?? '')
  const { right, wait } = await proveAddress(context, found.link.id, read.lookup, sentTo.ok ? sentTo.lookup : null)
  if (wait) throw tooMany(wait)
  if (!sentTo.ok || !right) return again(notMePage(token, typed), { email: { key: 'profile.not-me.wrong' } })
  return context.transaction(async (inner) => {
    // First the account, as every act does: two links of one person never wait for each other.
    await lockAccount(inner, found.link.accountId)
    return (await spend(inner, found.link.id))
      ? secure(inner, found.link, sentTo)
      : gone({ state: 'used', accountId: found.link.accountId })
  })
}

/**
 * Ends all that is open, takes the password away, puts what else notices tell of back to what it was before the change
 * this one told of, and sends the way to choose a fresh password to the address the notice went to. Where the address
 * was changed since, it comes back: who changed it is put out. Of two such links the one sent
 * first has the last word, so that what an intruder caused to be sent cannot undo this.
 */
async function secure(context: Context, link: AliveLink, sentTo: { address: string; lookup: string }): Promise<Answer> {
  const { accountId } = link
  await killMadeSince(context, { accountId, purpose: 'notMe' }, link.createdAt)
  await killWaysIn(context, accountId)
  await endEverywhere(context, accountId)
  await removePassword(context, accountId)
  // What came with the change that the notice told of has the notice's own moment.
  const { away, back } = await undoSince(context, accountId, link.createdAt)
  const own = await restoreEmail(context, accountId, sentTo)
  // Somebody else at the firm has that address by now: a mail would go to a stranger. Staff help.
  if (own) await startReset(context, accountId)
  await record(context, profileActions.notMe, {
    actor: accountId,
    subject: accountId,
    detail: { away: away.join(' '), back: back.join(' '), mail: own ? 'sent' : 'taken' },
  })
  return see('/profile/not-me/done')
}
