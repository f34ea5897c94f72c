import { notFound, tooMany } from '../../platform/errors.ts'
import { wordsFor } from '../../platform/words.ts'
import { issueLink, killOneTime } from '../../tenancy/links.ts'
import { sendMail } from '../../tenancy/outbox.ts'
import type { PersonVisit, Visit } from '../../tenancy/visit.ts'
import { Account, withinReach } from '../accounts/index.ts'
import { audit } from '../audit/index.ts'
import { answeredBefore, rememberAnswered } from '../onboarding/index.ts'

/** A mailbox gets no more invitations than this, however often somebody presses. */
const perPerson = { most: 10, within: Temporal.Duration.from('P1D') }

/** What came of an act on an invitation; `active`: too late, the account is in use. */
export type Resent = 'done' | 'active'

/**
 * Makes a link, which kills the one before, and puts the mail in the outbox. In the caller's transaction.
 * Who has chosen a password already goes on by signing in: a mailed link must not be a way round it.
 */
export async function sendInvitation(visit: Visit, account: Pick<Account, 'id' | 'name' | 'email' | 'language' | 'passwordHash'>): Promise<void> {
  if (account.passwordHash) return sendMail(visit, account, { purpose: 'activationAgain', params: { name: account.name }, link: '/sign-in' })
  const lifetime = visit.policy.links.activation
  const token = await issueLink(visit, account.id, 'activation', lifetime)
  const params = { name: account.name, lifetime: wordsFor(account.language, visit.policy.zone).duration(lifetime) }
  await sendMail(visit, account, { purpose: 'activation', params, link: `/activation/${token}`, notAfter: visit.from(lifetime) })
}

/** The account this person may act on, locked until the end of the transaction. @throws Refusal 404 */
async function withinReachOf(visit: Visit, accountId: string): Promise<Account> {
  const { where, params } = withinReach(visit)
  const found = await visit.one(`select a.id from account a where a.id = ? and ${where} for update`, [accountId, ...params])
  if (!found) throw notFound()
  return visit.em.findOneOrFail(Account, { id: accountId }, { refresh: true })
}

/** An act on an invitation that was not accepted yet: once per form, together with its log line. */
async function onOpenInvitation(visit: PersonVisit, accountId: string, action: string, act: (visit: PersonVisit, account: Account) => Promise<void>): Promise<Resent> {
  return visit.transaction(async (inner) => {
    const account = await withinReachOf(inner, accountId)
    if (await answeredBefore(inner, inner.person.id)) return 'done'
    if (account.activatedAt) return 'active'
    await act(inner, account)
    await audit(inner, action, { subject: account.id })
    await rememberAnswered(inner, inner.person.id)
    return 'done'
  })
}

/** Sends the invitation again: a new link, the old one dies. Also brings a withdrawn invitation back. @throws Refusal 404, 429 */
export async function resend(visit: PersonVisit, accountId: string): Promise<Resent> {
  return onOpenInvitation(visit, accountId, 'invitation.resent', async (inner, account) => {
    const wait = await inner.house.limits.countAttempt(inner.house.blind('invitation', account.id), perPerson, inner.now)
    if (wait !== null) throw tooMany(wait)
    await inner.query('update account set blocked_at = null where id = ?', [account.id])
    await sendInvitation(inner, account)
  })
}

/** Takes an invitation back: the link dies, and who was half-way is outside at the next request. @throws Refusal 404 */
export async function withdraw(visit: PersonVisit, accountId: string): Promise<Resent> {
  return onOpenInvitation(visit, accountId, 'invitation.withdrawn', async (inner, account) => {
    await killOneTime(inner, account.id, 'activation')
    await killOneTime(inner, account.id, 'temporaryPassword')
    await inner.query('update account set blocked_at = ? where id = ?', [inner.at, account.id])
  })
}
