import { setTimeout as pause } from 'node:timers/promises'
import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { tooMany } from '../../platform/http/errors.ts'
import { wordsFor } from '../../platform/i18n/words.ts'
import { issueLink, killOneTime, mayGo } from '../../identity/tokens/index.ts'
import { sendMail } from '../../tenancy/outbox.ts'
import type { Context } from '../../tenancy/context.ts'
import { Account, usernameDetail } from '../../identity/accounts/index.ts'
import { askedBy, sendIfInvited } from '../activation/index.ts'
import { record } from '../../identity/audit/index.ts'
import { endEverywhere } from '../../identity/sessions/index.ts'
import { endRecovery } from './save.ts'
import { indexView } from './views.ts'
import type { MailKind } from '../../tenancy/mail-kind.ts'
import { resetMail, resetReleasedMail, resetStartedMail } from './mails.ts'
import { recoveryActions } from './audit-actions.ts'

/** Longer than making a link and a mail takes: the time of the answer does not tell whether there was one. In milliseconds. */
const leastTime = 400

/** "Wachtwoord vergeten": asks for the mail. */
export const askPage = ({ policy }: Context, identifier = ''): Page =>
  page(indexView, { by: policy.signIn.identifier, values: { identifier } })

/**
 * Somebody asks for the mail, by what they sign in with or by mail address. The answer is the same for everybody; a
 * mail goes only to who can use it.
 * @throws Refusal 429 when one network asks too much
 */
export async function askReset(context: Context, identifier: string): Promise<Answer> {
  if (!identifier) return again(askPage(context), { identifier: { key: 'recovery.index.empty' } })
  const { account, own, wait } = await askedBy(context, 'reset', identifier)
  if (wait !== null) throw tooMany(wait)
  await Promise.all([account && mailWhatFits(context, account, own), pause(leastTime)])
  return see('/recovery/sent')
}

/** Who has a password, or had one, gets the link; who was invited and has none yet gets the invitation again. */
async function mailWhatFits(context: Context, account: Account, own: string | null): Promise<void> {
  if (!account.passwordHash && !account.activatedAt) return sendIfInvited(context, account, own)
  await context.transaction(async (inner) => {
    const owner = await locked(inner, account.id)
    if (owner.blockedAt || (await mayGo(inner, 'reset', owner.emailLookup, own))) return
    await mailReset(inner, owner, resetMail)
    await record(inner, recoveryActions.asked, { subject: owner.id })
  })
}

/** The account as it is now, held until the end of the transaction. */
export async function locked(context: Context, accountId: string): Promise<Account> {
  await context.query('select from account where id = ? for update', [accountId])
  return context.em.findOneOrFail(Account, { id: accountId }, { refresh: true })
}

/** Makes a link, which kills the one before, and puts the mail in the outbox. `resetReleasedMail` asks no factor any more. */
export async function mailReset(
  context: Context,
  account: Account,
  kind: MailKind<'name' | 'lifetime'>,
): Promise<void> {
  const released = kind === resetReleasedMail
  const lifetime = context.policy.links[released ? 'released' : 'reset']
  const token = await issueLink(context, account.id, released ? 'releasedReset' : 'reset', lifetime)
  const params = { name: account.name, lifetime: wordsFor(account.language, context.policy.zone).duration(lifetime) }
  await sendMail(context, account, {
    kind,
    params,
    details: usernameDetail(context.policy, account),
    link: `/recovery/${token}`,
    notAfter: context.from(lifetime),
  })
}

/**
 * Makes the present password worth nothing, ends every session, and mails the link to choose a new one: when somebody
 * else may know it. Who may ask this is the caller's affair; it is done in the caller's transaction, or in its own.
 */
export async function startReset(context: Context, accountId: string): Promise<void> {
  await context.transaction(async (inner) => {
    const account = await locked(inner, accountId)
    await endRecovery(inner, accountId)
    await killOneTime(inner, accountId, 'activation')
    await killOneTime(inner, accountId, 'temporaryPassword')
    await inner.query('update account set password_hash = null where id = ?', [accountId])
    await endEverywhere(inner, accountId)
    await mailReset(inner, account, resetStartedMail)
    await record(inner, recoveryActions.started, { subject: accountId, actor: inner.person?.id ?? accountId })
  })
}
