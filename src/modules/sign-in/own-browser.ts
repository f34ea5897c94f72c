import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { wordsFor } from '../../platform/i18n/words.ts'
import { findLink, issueLink, isUnspent, spend, wasMadeSince, type LinkState } from '../../identity/tokens/index.ts'
import { sendMail } from '../../tenancy/outbox.ts'
import type { Context } from '../../tenancy/context.ts'
import { readEmail, findAccount, identifierOf, lockedAccount, type Account } from '../../identity/accounts/index.ts'
import { proveAddress } from '../../identity/challenge/index.ts'
import { record } from '../../identity/audit/index.ts'
import { alarms, knowBrowser, takeAlarm } from '../../identity/sessions/index.ts'
import { browserGoneView, browserView } from './views.ts'
import { signInAlarmMail } from './mails.ts'
import { signInActions } from './audit-actions.ts'

/** How long the link works, and so how long nobody gets a second one: who keeps trying must not fill a mailbox. */
const lifetime = 'P7D'

const gone = ({ state }: LinkState): Page => page(browserGoneView, { state }, state === 'unknown' ? 404 : 410)
const linkPage = (token: string, email = ''): Page =>
  page(browserView, { action: `/sign-in/browser/${token}`, values: { email } })

/** As many are told at a time. */
const batch = 500

/**
 * Tells the owners of accounts that strangers keep trying, once in the lifetime of the link: with it their own browser
 * is counted apart, and the strangers make it wait no longer. Safe to repeat, and to be killed half-way.
 */
export async function tellAlarms(context: Context): Promise<Date | null> {
  const due = await alarms(context, batch)
  for (const id of due) {
    await context.transaction(async (inner) => {
      const account = await lockedAccount(inner, id)
      if (!(await takeAlarm(inner, id)) || !account) return
      if (await mayBeTold(inner, account)) await tell(inner, account)
    })
  }
  // More of them than go at a time: the rest at the next turn.
  return due.length < batch ? null : context.at
}

/** Who could sign in at all, and was not told within the lifetime of a link. */
async function mayBeTold(context: Context, { id, blockedAt, passwordHash }: Account): Promise<boolean> {
  const canSignIn = passwordHash !== null || (await isUnspent(context, { accountId: id, purpose: 'temporaryPassword' }))
  return (
    !blockedAt &&
    canSignIn &&
    !(await wasMadeSince(context, { accountId: id, purpose: 'knowBrowser' }, context.ago(lifetime)))
  )
}

async function tell(context: Context, account: Account): Promise<void> {
  const { id } = account
  const token = await issueLink(context, id, 'knowBrowser', lifetime)
  await sendMail(context, account, {
    kind: signInAlarmMail,
    link: `/sign-in/browser/${token}`,
    notAfter: context.from(lifetime),
    params: { name: account.name, lifetime: wordsFor(account.language, context.policy.zone).duration(lifetime) },
  })
  await record(context, signInActions.alarm, { subject: id, actor: null })
}

/** GET of the mailed link: shows, and changes nothing. */
export async function showBrowserLink(context: Context, token: string): Promise<Page> {
  const found = await findLink(context, token, 'knowBrowser')
  return found.state === 'alive' ? linkPage(token) : gone(found)
}

/**
 * Knows this browser from now on, for who types the address the mail went to. It signs nobody in: the password is still
 * asked.
 */
export async function answerBrowserLink(context: Context, token: string, typed: string): Promise<Answer> {
  const read = readEmail(typed)
  if (!read.ok) return again(linkPage(token, typed), { email: { key: read.key } })
  return context.transaction(async (inner) => {
    const found = await findLink(inner, token, 'knowBrowser')
    if (found.state !== 'alive') return gone(found)
    const account = await findAccount(inner, found.link.accountId)
    const { right } = await proveAddress(inner, found.link.id, read.lookup, account?.emailLookup ?? null)
    if (!account || !right) return again(linkPage(token, typed), { email: { key: 'sign-in.browser.wrong' } })
    if (!(await spend(inner, found.link.id))) return gone({ state: 'used', accountId: account.id })
    await knowBrowser(inner, account.id)
    await record(inner, signInActions.browserKnown, { subject: account.id, actor: account.id })
    inner.browser.set('identifier', identifierOf(inner.policy, account))
    inner.browser.flash('sign-in.browser.done')
    return see('/sign-in')
  })
}
