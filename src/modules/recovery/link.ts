import { wordsFor } from '../../platform/i18n/words.ts'
import type { Context } from '../../tenancy/context.ts'
import type { MailKind } from '../../tenancy/mail-kind.ts'
import { sendMail } from '../../tenancy/outbox.ts'
import { lockedAccount, removePassword, usernameDetail, type Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { endEverywhere, killWaysIn } from '../../identity/sessions/index.ts'
import { issueLink, killOneTime } from '../../identity/tokens/index.ts'
import { recoveryActions } from './audit-actions.ts'
import { resetReleasedMail, resetStartedMail } from './mails.ts'

/**
 * Makes a link, which kills the one before, and puts the mail in the outbox. `resetReleasedMail` asks no factor any
 * more.
 */
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
    const account = await lockedAccount(inner, accountId)
    if (!account) throw new Error('no account to start a reset of')
    await killWaysIn(inner, accountId)
    await killOneTime(inner, accountId, 'activation')
    await removePassword(inner, accountId)
    await endEverywhere(inner, accountId)
    await mailReset(inner, account, resetStartedMail)
    await record(inner, recoveryActions.started, { subject: accountId, actor: inner.person?.id ?? accountId })
  })
}
