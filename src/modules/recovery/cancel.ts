import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { findLink, spend } from '../../identity/tokens/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { lockedAccount, readEmail } from '../../identity/accounts/index.ts'
import { proveAddress } from '../../identity/challenge/index.ts'
import { tooLateView, stopView } from './views.ts'
import { cancel } from './request.ts'
import { openOf } from './store.ts'

const stopPage = (token: string, email = ''): Page =>
  page(stopView, { action: `/recovery/cancel/${token}`, values: { email } })
/** Nothing to stop any more: it was done, stopped before, or never there. */
const tooLate = (unknown: boolean): Page => page(tooLateView, {}, unknown ? 404 : 410)

/** The link in the notice: shows, and changes nothing. */
export async function showStop(context: Context, token: string): Promise<Answer> {
  const found = await findLink(context, token, 'resetCancel')
  return found.state === 'alive' && (await openOf(context, found.link.accountId))
    ? stopPage(token)
    : tooLate(found.state === 'unknown')
}

/** Stops the request, with the mail address typed: a program that follows links cannot do that. */
export async function stop(context: Context, token: string, email: string): Promise<Answer> {
  const read = readEmail(email)
  if (!read.ok) return again(stopPage(token, email), { email: { key: read.key } })
  return context.transaction(async (inner) => {
    const found = await findLink(inner, token, 'resetCancel')
    if (found.state !== 'alive')
      return found.state === 'used' ? see('/recovery/stopped') : tooLate(found.state === 'unknown')
    const account = await lockedAccount(inner, found.link.accountId)
    if (!account) return tooLate(true)
    if (!(await proveAddress(inner, found.link.id, read.lookup, account.emailLookup)).right)
      return again(stopPage(token, email), { email: { key: 'recovery.email.wrong' } })
    const open = await openOf(inner, account.id)
    if (!open || !(await spend(inner, found.link.id))) return tooLate(false)
    return (await cancel(inner, account, open.id, null)) ? see('/recovery/stopped') : tooLate(false)
  })
}
