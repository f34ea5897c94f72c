import { setTimeout as pause } from 'node:timers/promises'
import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { tooMany } from '../../platform/http/errors.ts'
import { mayGo } from '../../identity/tokens/index.ts'
import type { Context } from '../../tenancy/context.ts'
import { lockedAccount, type Account } from '../../identity/accounts/index.ts'
import { askedBy, sendIfInvited } from '../activation/index.ts'
import { record } from '../../identity/audit/index.ts'
import { mailReset } from './link.ts'
import { indexView } from './views.ts'
import { resetMail } from './mails.ts'
import { recoveryActions } from './audit-actions.ts'

/**
 * Longer than making a link and a mail takes: the time of the answer does not tell whether there was one. In
 * milliseconds.
 */
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
    const owner = await lockedAccount(inner, account.id)
    if (!owner || owner.blockedAt || (await mayGo(inner, 'reset', owner.emailLookup, own))) return
    await mailReset(inner, owner, resetMail)
    await record(inner, recoveryActions.asked, { subject: owner.id })
  })
}
