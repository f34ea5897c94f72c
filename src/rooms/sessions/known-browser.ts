import { defineEntity, p } from '@mikro-orm/postgresql'
import { digest, randomToken } from '../../platform/secrets.ts'
import { ownKey, tenantKey, wall } from '../../tenancy/owned.ts'
import type { Visit } from '../../tenancy/visit.ts'

/** A browser in which somebody signed in before, by the digest of a token in its cookie. It opens nothing: its tries are counted apart. */
export const KnownBrowser = defineEntity({
  name: 'KnownBrowser',
  tableName: 'known_browser',
  ...wall,
  uniques: [{ properties: ['tenantId', 'accountId', 'digest'] as never }],
  properties: { ...ownKey, accountId: p.uuid(), digest: p.text(), createdAt: p.datetime(), seenAt: p.datetime() },
})

/** An account that so many tries failed at that its owner is to be told. Removed when that is done. */
export const SignInAlarm = defineEntity({
  name: 'SignInAlarm',
  tableName: 'sign_in_alarm',
  ...wall,
  properties: { ...tenantKey, accountId: p.uuid().primary(), at: p.datetime() },
})

/** How long a browser is known after it last signed in: as long as browsers keep a cookie (RFC 6265bis 5.5). */
const kept = 'P400D'

/** One token for a browser, another digest for each account: a dump does not tell who share a computer. */
const markOf = (accountId: string, token: string) => digest(`${accountId}|${token}`)

/** Remembers that this browser belongs to somebody of this account: they signed in, or proved that the mailbox is theirs. */
export async function knowBrowser(visit: Visit, accountId: string): Promise<void> {
  const token = visit.browser.known ?? randomToken()
  await visit.query(
    `insert into known_browser (tenant_id, id, account_id, digest, created_at, seen_at) values (?, gen_random_uuid(), ?, ?, ?, ?)
     on conflict (tenant_id, account_id, digest) do update set seen_at = excluded.seen_at`,
    [visit.tenant.id, accountId, markOf(accountId, token), visit.at, visit.at],
  )
  visit.browser.setKnown(token, visit.from(kept).getTime() - visit.at.getTime())
}

/**
 * By which of its marks this browser is known to an account; null where it is not. A trusted computer is known by that.
 * Asks the same of the database whoever the account is, and whether or not there is one.
 */
export async function knownAs(visit: Visit, accountId: string): Promise<string | null> {
  const { known, trust } = visit.browser
  if (!known && !trust) return null
  const row = await visit.one<{ id: string }>(
    `select id from known_browser where account_id = ? and digest = ? and seen_at > ?
     union all select id from trusted_computer where account_id = ? and digest = ? and revoked_at is null and expires_at > ? limit 1`,
    [accountId, markOf(accountId, known ?? ''), visit.ago(kept), accountId, digest(trust ?? ''), visit.at],
  )
  return row?.id ?? null
}

/** Knows no browser of this account any more: somebody else may have been in. */
export async function forgetBrowsers(visit: Visit, accountId: string): Promise<void> {
  await visit.query('delete from known_browser where account_id = ?', [accountId])
}

/** Forgets browsers that did not sign in for too long. Safe to repeat. */
export async function sweepBrowsers(visit: Visit): Promise<void> {
  await visit.query('delete from known_browser where seen_at <= ?', [visit.ago(kept)])
}
