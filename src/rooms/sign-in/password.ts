import type { Visit } from '../../tenancy/visit.ts'
import { accountByIdentifier, fold, readTemporaryPassword, type Account } from '../accounts/index.ts'
import { audit } from '../audit/index.ts'

/** What came of name and password. A wait is told to everybody alike, also for names nobody has. */
export type SignInTry =
  | { result: 'right'; account: Account; via: 'temporary' | 'own' }
  | { result: 'wrong' }
  | { result: 'wait'; seconds: number }

/** Tries from one network, all names together: a list of stolen passwords is tried on many names. */
const network = { most: 100, within: Temporal.Duration.from('PT15M') }

async function temporaryMatches(visit: Visit, account: Account | null, typed: string): Promise<boolean> {
  const password = readTemporaryPassword(typed)
  if (!account || account.passwordHash || !password) return false
  return null !== await visit.one(
    `select id from one_time where account_id = ? and purpose = 'temporaryPassword' and digest = ? and used_at is null and dead_at is null and expires_at > ?`,
    [account.id, visit.tenant.vault.mac('temporary password', password), visit.at])
}

/**
 * Tries name and password. Unknown, blocked, never activated and wrong are one and the same: in words, in time (the hash
 * is always computed) and in what is counted. Counted before it is judged.
 */
export async function tryPassword(visit: Visit, identifier: string, password: string): Promise<SignInTry> {
  const { limits, hasher } = visit.house
  const key = visit.house.blind('sign-in', `${visit.tenant.id}|${fold(identifier)}`)
  const { freeFailures, first, most } = visit.policy.waiting
  const seconds = await limits.countTry(key, { freeFailures, first, most }, visit.now)
  if (seconds > 0) return { result: 'wait', seconds }
  const flood = await limits.countAttempt(visit.house.blind('sign-in network', visit.network), network, visit.now)
  if (flood !== null) return { result: 'wait', seconds: flood }
  const account = await accountByIdentifier(visit, identifier)
  const own = await hasher.verifyPassword(account?.passwordHash ?? null, password)
  const temporary = await temporaryMatches(visit, account, password)
  if (!account || account.blockedAt || !(own || temporary)) {
    // Also for a name nobody has: the same work takes the same time.
    await audit(visit, 'signIn.password', { subject: account?.id, outcome: 'refused' })
    return { result: 'wrong' }
  }
  await limits.forget(key)
  if (own && account.passwordHash && hasher.needsRehash(account.passwordHash)) {
    await visit.query('update account set password_hash = ? where id = ? and password_hash = ?', [await hasher.hashPassword(password), account.id, account.passwordHash])
  }
  return { result: 'right', account, via: own ? 'own' : 'temporary' }
}
