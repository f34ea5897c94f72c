import { digest, randomToken } from '../../platform/secrets.ts'
import type { Visit } from '../../tenancy/visit.ts'

/** What trust hangs on: change the password or a factor and every trusted computer is a stranger again. */
async function fingerprint(visit: Visit, accountId: string): Promise<string> {
  const row = await visit.one<{ text: string }>(
    `select concat_ws('|', a.password_hash,
        (select string_agg(id::text, ',' order by id) from authenticator where account_id = a.id and removed_at is null),
        (select string_agg(id::text, ',' order by id) from phone where account_id = a.id and removed_at is null)) as text
     from account a where a.id = ?`, [accountId])
  return visit.tenant.vault.mac('trusted computer', row?.text ?? '')
}

/** Trusts this computer for the firm's period, after a real second step. The cookie is worth nothing for anybody else. */
export async function trustComputer(visit: Visit, accountId: string): Promise<void> {
  const period = visit.policy.secondFactor.trustedComputer
  if (!period) return
  const token = randomToken()
  const expiresAt = visit.from(period)
  await visit.query(
    `insert into trusted_computer (tenant_id, id, account_id, digest, fingerprint, created_at, expires_at, browser) values (?, gen_random_uuid(), ?, ?, ?, ?, ?, ?)`,
    [visit.tenant.id, accountId, digest(token), await fingerprint(visit, accountId), visit.at, expiresAt, visit.facts.agent])
  visit.browser.setTrust(token, expiresAt.getTime() - visit.at.getTime())
}

async function trustOf(visit: Visit, accountId: string): Promise<{ id: string; fingerprint: string } | null> {
  const token = visit.browser.trust
  if (!token || !visit.policy.secondFactor.trustedComputer) return null
  return visit.one('select id, fingerprint from trusted_computer where account_id = ? and digest = ? and revoked_at is null and expires_at > ?', [accountId, digest(token), visit.at])
}

/** Whether this computer may skip the second step for this person now. */
export async function isTrusted(visit: Visit, accountId: string): Promise<boolean> {
  const trust = await trustOf(visit, accountId)
  return trust !== null && trust.fingerprint === await fingerprint(visit, accountId)
}

/**
 * Does an act that changes what trust hangs on, and keeps only the trust this very computer had before it: who just
 * replaced the mailed password here need not give a code twice within minutes. Every other computer is a stranger again.
 */
export async function trustAgain<T>(visit: Visit, accountId: string, act: () => Promise<T>): Promise<T> {
  const trusted = await isTrusted(visit, accountId)
  const result = await act()
  const trust = trusted ? await trustOf(visit, accountId) : null
  if (trust) await visit.query('update trusted_computer set fingerprint = ? where id = ?', [await fingerprint(visit, accountId), trust.id])
  return result
}
