import { digest, randomToken } from '../../platform/secrets.ts'
import type { PersonVisit, Visit } from '../../tenancy/visit.ts'

/** What trust hangs on: change the password, a factor or what the firm asks, and every trusted computer is a stranger again. */
async function fingerprint(visit: Visit, accountId: string): Promise<string> {
  const row = await visit.one<{ text: string }>(
    `select concat_ws('|', a.password_hash,
        (select string_agg(id::text, ',' order by id) from passkey where account_id = a.id and removed_at is null),
        (select string_agg(id::text, ',' order by id) from approver where account_id = a.id and removed_at is null),
        (select string_agg(id::text, ',' order by id) from authenticator where account_id = a.id and removed_at is null),
        (select string_agg(id::text, ',' order by id) from phone where account_id = a.id and removed_at is null)) as text
     from account a where a.id = ?`,
    [accountId],
  )
  const { of, when } = visit.policy.secondFactor
  return visit.tenant.vault.mac('trusted computer', [row?.text ?? '', when, ...of].join('|'))
}

/** Trusts this computer for the firm's period, after a real second step. The cookie is worth nothing for anybody else. */
export async function trustComputer(visit: Visit, accountId: string): Promise<void> {
  const period = visit.policy.secondFactor.trustedComputer
  if (!period) return
  const token = randomToken()
  const expiresAt = visit.from(period)
  await visit.query(
    `insert into trusted_computer (tenant_id, id, account_id, digest, fingerprint, created_at, expires_at, browser) values (?, gen_random_uuid(), ?, ?, ?, ?, ?, ?)`,
    [
      visit.tenant.id,
      accountId,
      digest(token),
      await fingerprint(visit, accountId),
      visit.at,
      expiresAt,
      visit.facts.agent,
    ],
  )
  visit.browser.setTrust(token, expiresAt.getTime() - visit.at.getTime())
}

async function trustOf(
  visit: Visit,
  accountId: string,
): Promise<{ id: string; fingerprint: string; expires_at: string } | null> {
  const token = visit.browser.trust
  if (!token || !visit.policy.secondFactor.trustedComputer) return null
  return visit.one(
    'select id, fingerprint, expires_at from trusted_computer where account_id = ? and digest = ? and revoked_at is null and expires_at > ?',
    [accountId, digest(token), visit.at],
  )
}

/** Whether this computer may skip the second step for this person now. */
export async function isTrusted(visit: Visit, accountId: string): Promise<boolean> {
  const trust = await trustOf(visit, accountId)
  return trust !== null && trust.fingerprint === (await fingerprint(visit, accountId))
}

/**
 * Does an act that changes what trust hangs on, and keeps only the trust this very computer had before it: who just
 * replaced the mailed password here need not give a code twice within minutes. The cookie is a new one, for as long as the
 * old one had left: a copy somebody made of that is worth nothing. Every other computer is a stranger again.
 */
export async function trustAgain<T>(visit: Visit, accountId: string, act: () => Promise<T>): Promise<T> {
  const trusted = await isTrusted(visit, accountId)
  const result = await act()
  const trust = trusted ? await trustOf(visit, accountId) : null
  if (!trust) return result
  const token = randomToken()
  await visit.query('update trusted_computer set fingerprint = ?, digest = ? where id = ?', [
    await fingerprint(visit, accountId),
    digest(token),
    trust.id,
  ])
  visit.browser.setTrust(token, new Date(trust.expires_at).getTime() - visit.at.getTime())
  return result
}

/** A computer that somebody trusts now. `here`: the one they sit at. */
export interface OwnComputer {
  id: string
  browser: string
  since: Date
  until: Date
  here: boolean
}

/** The computers on which this person's second step is skipped, newest first; those whose trust a change made void are not among them. */
export async function trustedComputers(visit: PersonVisit): Promise<OwnComputer[]> {
  if (!visit.policy.secondFactor.trustedComputer) return []
  const mine = visit.browser.trust
  const rows = await visit.query<{
    id: string
    digest: string
    browser: string
    created_at: string
    expires_at: string
  }>(
    `select id, digest, browser, created_at, expires_at from trusted_computer
     where account_id = ? and fingerprint = ? and revoked_at is null and expires_at > ? order by created_at desc`,
    [visit.person.id, await fingerprint(visit, visit.person.id), visit.at],
  )
  return rows.map((row) => ({
    id: row.id,
    browser: row.browser,
    since: new Date(row.created_at),
    until: new Date(row.expires_at),
    here: mine !== null && digest(mine) === row.digest,
  }))
}

/** Trusts a computer of this person no more. @returns whether it is one of theirs; ended before is fine */
export async function distrustOne(visit: PersonVisit, id: string): Promise<boolean> {
  const row = await visit.one(
    'update trusted_computer set revoked_at = coalesce(revoked_at, ?) where id = ? and account_id = ? returning id',
    [visit.at, id, visit.person.id],
  )
  return row !== null
}

/** Trusts no computer of this account any more. */
export async function distrustAll(visit: Visit, accountId: string): Promise<void> {
  await visit.query('update trusted_computer set revoked_at = ? where account_id = ? and revoked_at is null', [
    visit.at,
    accountId,
  ])
}
