import type { Cap } from '../../platform/limits/limits.ts'
import type { Context } from '../../tenancy/context.ts'
import {
  accountByIdentifier,
  brokenRule,
  identifierLookup,
  lockedAccount,
  notePasswordVersion,
  passwordContext,
  rehashPassword,
  type Account,
} from '../../identity/accounts/index.ts'
import { isTemporaryPassword, isUnspent } from '../../identity/tokens/index.ts'
import { record } from '../../identity/audit/index.ts'
import { countTry, trustAgain } from '../../identity/sessions/index.ts'
import { signInActions } from './audit-actions.ts'

/** What came of name and password. A wait is told to everybody alike, also for names nobody has. */
export type SignInTry =
  | { result: 'right'; account: Account; via: 'temporary' | 'own' }
  | { result: 'wrong' }
  | { result: 'wait'; seconds: number; everywhere?: boolean }

/** Tries from one network, all names together: a list of stolen passwords is tried on many names. */
const network = { most: 100, within: Temporal.Duration.from('PT15M') }

/**
 * Whether the password that was right is right still; the account is held until the end of the caller's transaction.
 * Judging takes its time: whoever was blocked or put out everywhere meanwhile does not come in by what was right
 * before.
 */
export async function isStillRight(
  context: Context,
  { id, passwordSetAt }: Account,
  via: 'temporary' | 'own',
): Promise<boolean> {
  const now = await lockedAccount(context, id, 'no key update')
  if (!now || now.blockedAt) return false
  if (via === 'temporary')
    return now.passwordHash === null && isUnspent(context, { accountId: id, purpose: 'temporaryPassword' })
  return now.passwordHash !== null && now.passwordSetAt?.getTime() === passwordSetAt?.getTime()
}

/** A password in hand is the moment to see whether it fits rules that became stricter since it was chosen. */
async function judgeAgain(context: Context, account: Account, password: string): Promise<void> {
  const { version, policy } = context.tenant
  if (account.passwordVersion === version) return
  const broken = brokenRule(password, policy.password, passwordContext(context, account), context.services.leaked)
  if (!broken) await notePasswordVersion(context, account, version)
}

/** The same password with a fresh hash, where the way of hashing changed: whoever trusted this computer still does. */
async function hashAgain(context: Context, account: Account, password: string): Promise<void> {
  const { hasher } = context.services
  if (!account.passwordHash || !hasher.needsRehash(account.passwordHash)) return
  const fresh = await hasher.hashPassword(password)
  await trustAgain(context, account.id, () => rehashPassword(context, account, fresh))
}

/**
 * Which password of this account it is; null for neither, for a blocked one and for nobody. The hash is always
 * computed.
 */
async function passwordOf(
  context: Context,
  account: Account | null,
  typed: string,
): Promise<'temporary' | 'own' | null> {
  const own = await context.services.hasher.verifyPassword(account?.passwordHash ?? null, typed)
  const temporary = account !== null && !account.passwordHash && (await isTemporaryPassword(context, account.id, typed))
  if (!account || account.blockedAt) return null
  return own ? 'own' : temporary ? 'temporary' : null
}

/** A try counts for its network too, all names together. */
const ofNetwork = ({ services, network: from }: Context): Cap => ({
  key: services.keyedDigest('sign-in network', from),
  limit: network,
})

/**
 * Tries name and password. Unknown, blocked, never activated and wrong are one and the same: in words, in time (the
 * hash is always computed) and in what is counted. Counted before it is judged.
 */
export async function tryPassword(context: Context, identifier: string, password: string): Promise<SignInTry> {
  const account = await accountByIdentifier(context, identifier)
  const name = identifierLookup(context, identifier)
  const turn = await countTry(context, 'sign-in', name, account?.id ?? null, ofNetwork(context))
  if (turn.wait > 0) return { result: 'wait', seconds: turn.wait, everywhere: turn.everywhere }
  if (turn.capped !== null) return { result: 'wait', seconds: turn.capped }
  const via = await passwordOf(context, account, password)
  if (!account || !via) {
    // Also for a name nobody has: the same work takes the same time.
    await record(context, signInActions.password, { subject: account?.id, outcome: 'refused' })
    return { result: 'wrong' }
  }
  await turn.right()
  if (via === 'own') {
    await judgeAgain(context, account, password)
    await hashAgain(context, account, password)
  }
  return { result: 'right', account, via }
}
