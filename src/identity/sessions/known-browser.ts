import { defineEntity, p } from '@mikro-orm/postgresql'
import { digest, randomToken } from '../../platform/crypto/encryption.ts'
import { tables } from '../../platform/db/tables.ts'
import { longAfter } from '../../tenancy/work-due.ts'
import { ownKey, tenantKey, wall } from '../../tenancy/isolation.ts'
import type { Context } from '../../tenancy/context.ts'

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

const db = tables(KnownBrowser)

/** How long a browser is known after it last signed in: as long as browsers keep a cookie (RFC 6265bis 5.5). */
const kept = 'P400D'

/** One token for a browser, another digest for each account: a dump does not tell who share a computer. */
const markOf = (accountId: string, token: string) => digest(`${accountId}|${token}`)

/** Remembers that this browser belongs to somebody of this account: they signed in, or proved that the mailbox is theirs. */
export async function knowBrowser(context: Context, accountId: string): Promise<void> {
  const token = context.browser.known ?? randomToken()
  await context.query(
    `insert into known_browser (tenant_id, id, account_id, digest, created_at, seen_at) values (?, gen_random_uuid(), ?, ?, ?, ?)
     on conflict (tenant_id, account_id, digest) do update set seen_at = excluded.seen_at`,
    [context.tenant.id, accountId, markOf(accountId, token), context.at, context.at],
  )
  context.browser.setKnown(token, context.from(kept).getTime() - context.at.getTime())
}

/**
 * By which of its marks this browser is known to an account; null where it is not. A trusted computer is known by that.
 * Asks the same of the database whoever the account is, and whether or not there is one.
 */
export async function knownAs(context: Context, accountId: string): Promise<string | null> {
  const { known, trust } = context.browser
  if (!known && !trust) return null
  const row = await context.one<{ id: string }>(
    `select id from known_browser where account_id = ? and digest = ? and seen_at > ?
     union all select id from trusted_computer where account_id = ? and digest = ? and revoked_at is null and expires_at > ? limit 1`,
    [accountId, markOf(accountId, known ?? ''), context.ago(kept), accountId, digest(trust ?? ''), context.at],
  )
  return row?.id ?? null
}

/** Knows no browser of this account any more: somebody else may have been in. */
export async function forgetBrowsers(context: Context, accountId: string): Promise<void> {
  await context.query('delete from known_browser where account_id = ?', [accountId])
}

/** Forgets browsers that did not sign in for too long. Safe to repeat. */
export async function sweepBrowsers(context: Context): Promise<Date | null> {
  await context.query('delete from known_browser where seen_at <= ?', [context.ago(kept)])
  const left = await db(context)
    .selectFrom('known_browser')
    .select((eb) => eb.fn.min<Date | null>('seen_at').as('at'))
    .executeTakeFirst()
  return longAfter(context, kept, left?.at)
}
