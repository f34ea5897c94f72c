import { digest, randomToken } from '../../platform/crypto/encryption.ts'
import { sql } from 'kysely'
import { tables } from '../../platform/db/tables.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import { passwordHashOf } from '../accounts/index.ts'
import { fingerprint as factorsFingerprint } from '../factors/index.ts'

/** Of others' tables only what they hand out. */
const db = tables()

/** What trust hangs on: change the password, a factor or what the firm asks, and every trusted computer is a stranger again. */
async function fingerprint(context: Context, accountId: string): Promise<string> {
  const id = sql<string>`${accountId}::uuid`
  const { text } = await db(context)
    .selectNoFrom((eb) =>
      eb.fn<string>('concat_ws', [sql.lit('|'), passwordHashOf(id), factorsFingerprint(id)]).as('text'),
    )
    .executeTakeFirstOrThrow()
  const { of, when } = context.policy.secondFactor
  return context.tenant.vault.mac('trusted computer', [text, when, ...of].join('|'))
}

/** Trusts this computer for the firm's period, after a real second step. The cookie is worth nothing for anybody else. */
export async function trustComputer(context: Context, accountId: string): Promise<void> {
  const period = context.policy.secondFactor.trustedComputer
  if (!period) return
  const token = randomToken()
  const expiresAt = context.from(period)
  await context.query(
    `insert into trusted_computer (tenant_id, id, account_id, digest, fingerprint, created_at, expires_at, browser) values (?, gen_random_uuid(), ?, ?, ?, ?, ?, ?)`,
    [
      context.tenant.id,
      accountId,
      digest(token),
      await fingerprint(context, accountId),
      context.at,
      expiresAt,
      context.facts.agent,
    ],
  )
  context.browser.setTrust(token, expiresAt.getTime() - context.at.getTime())
}

async function trustOf(
  context: Context,
  accountId: string,
): Promise<{ id: string; fingerprint: string; expires_at: string } | null> {
  const token = context.browser.trust
  if (!token || !context.policy.secondFactor.trustedComputer) return null
  return context.one(
    'select id, fingerprint, expires_at from trusted_computer where account_id = ? and digest = ? and revoked_at is null and expires_at > ?',
    [accountId, digest(token), context.at],
  )
}

/** Whether this computer may skip the second step for this person now. */
export async function isTrusted(context: Context, accountId: string): Promise<boolean> {
  const trust = await trustOf(context, accountId)
  return trust !== null && trust.fingerprint === (await fingerprint(context, accountId))
}

/**
 * Does an act that changes what trust hangs on, and keeps only the trust this very computer had before it: who just
 * replaced the mailed password here need not give a code twice within minutes. The cookie is a new one, for as long as the
 * old one had left: a copy somebody made of that is worth nothing. Every other computer is a stranger again.
 */
export async function trustAgain<T>(context: Context, accountId: string, act: () => Promise<T>): Promise<T> {
  const trusted = await isTrusted(context, accountId)
  const result = await act()
  const trust = trusted ? await trustOf(context, accountId) : null
  if (!trust) return result
  const token = randomToken()
  await context.query('update trusted_computer set fingerprint = ?, digest = ? where id = ?', [
    await fingerprint(context, accountId),
    digest(token),
    trust.id,
  ])
  context.browser.setTrust(token, new Date(trust.expires_at).getTime() - context.at.getTime())
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
export async function trustedComputers(context: PersonContext): Promise<OwnComputer[]> {
  if (!context.policy.secondFactor.trustedComputer) return []
  const mine = context.browser.trust
  const rows = await context.query<{
    id: string
    digest: string
    browser: string
    created_at: string
    expires_at: string
  }>(
    `select id, digest, browser, created_at, expires_at from trusted_computer
     where account_id = ? and fingerprint = ? and revoked_at is null and expires_at > ? order by created_at desc`,
    [context.person.id, await fingerprint(context, context.person.id), context.at],
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
export async function distrustOne(context: PersonContext, id: string): Promise<boolean> {
  const row = await context.one(
    'update trusted_computer set revoked_at = coalesce(revoked_at, ?) where id = ? and account_id = ? returning id',
    [context.at, id, context.person.id],
  )
  return row !== null
}

/** Trusts no computer of this account any more. */
export async function distrustAll(context: Context, accountId: string): Promise<void> {
  await context.query('update trusted_computer set revoked_at = ? where account_id = ? and revoked_at is null', [
    context.at,
    accountId,
  ])
}
