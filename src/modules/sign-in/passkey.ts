import { again, type Answer } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { Limit } from '../../platform/limits/limits.ts'
import type { Context } from '../../tenancy/context.ts'
import { lockedAccount } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { provePasskey } from '../../identity/factors/index.ts'
import { enterByPasskey } from './enter.ts'
import { byPasskey, signInPage } from './page.ts'
import { signInActions } from './audit-actions.ts'

/**
 * Refusals of one network that are written down. A signature cannot be guessed, so nobody ever waits; this keeps the
 * log from being flooded.
 */
const network: Limit = { most: 300, within: Temporal.Duration.from('PT15M') }

/**
 * Whether an account may be entered without a password: not one that is blocked, never activated, or closed until its
 * owner chooses a new password. Held until the end.
 */
async function isOpen(context: Context, accountId: string): Promise<boolean> {
  const account = await lockedAccount(context, accountId, 'no key update')
  return account !== null && !account.blockedAt && account.activatedAt !== null && account.passwordHash !== null
}

/**
 * Signs in with a passkey alone: the device is what somebody has, and the finger, face or PIN it asked is the second
 * proof. Unknown, removed, blocked and never activated are one and the same. Wrong passwords have no say in it.
 */
export async function signInByPasskey(context: Context, typed: string): Promise<Answer> {
  if (!context.policy.signIn.passkey) throw notFound()
  return context.transaction(async (inner) => {
    const proof = await provePasskey(inner, byPasskey, typed)
    if (proof.ok && (await isOpen(inner, proof.accountId))) {
      await record(inner, signInActions.passkey, { actor: proof.accountId, subject: proof.accountId })
      inner.browser.delete('identifier')
      return enterByPasskey(inner, proof.accountId)
    }
    const flood = await inner.services.limits.countAttempt(
      inner.services.keyedDigest('passkey network', inner.network),
      network,
      inner.now,
    )
    if (flood === null)
      await record(inner, signInActions.passkey, { outcome: 'refused', ...(proof.ok && { subject: proof.accountId }) })
    const stale = !proof.ok && proof.reason === 'stale'
    return again(await signInPage(inner), { '': { key: stale ? 'factors.passkey.stale' : 'sign-in.passkey.wrong' } })
  })
}
