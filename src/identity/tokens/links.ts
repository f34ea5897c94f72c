import { digest, randomToken } from '../../platform/crypto/encryption.ts'
import type { Language } from '../../tenancy/policy.ts'
import type { Purpose } from './one-time.ts'
import type { Context } from '../../tenancy/context.ts'

/** A living link as it is found: whose, which row to spend, and what was kept with it. */
export interface AliveLink {
  id: string
  accountId: string
  createdAt: Date
  expiresAt: Date
  held: string | null
}
/** What became of a link: alive, or why it is not. */
export type LinkState =
  | { state: 'alive'; link: AliveLink }
  | { state: 'expired' | 'replaced' | 'used'; accountId: string }
  | { state: 'unknown' }

/** Kills what is alive for this purpose, so that the newest is the only one. */
export async function killOneTime(context: Context, accountId: string, purpose: Purpose): Promise<void> {
  await context.query(
    'update one_time set dead_at = ? where account_id = ? and purpose = ? and used_at is null and dead_at is null',
    [context.at, accountId, purpose],
  )
}

/** Seals what is kept with a one-time thing. */
export const sealHeld = (context: Context, id: string, held: string): string =>
  context.tenant.vault.seal(context.place('one_time', 'held', id), held)
/** Opens it again; null when it does not open. */
export const openHeld = (context: Context, id: string, held: string): string | null =>
  context.unseal('one_time', 'held', id, held)

/**
 * Makes a link of 256 random bits, kept as SHA-256, and kills the one before. Call inside a transaction.
 * @param held what is to be known when it is opened, kept sealed
 * @returns the token
 */
export async function issueLink(
  context: Context,
  accountId: string,
  purpose: Purpose,
  lifetime: string,
  held?: string,
): Promise<string> {
  await context.query('select from account where id = ? for update', [accountId])
  await killOneTime(context, accountId, purpose)
  return putLink(context, accountId, purpose, lifetime, held)
}

/** Makes a link that leaves earlier ones alive: for those that only protect, where a later one must not silence an earlier one. */
export async function putLink(
  context: Context,
  accountId: string,
  purpose: Purpose,
  lifetime: string,
  held?: string,
): Promise<string> {
  const [token, id] = [randomToken(), crypto.randomUUID()]
  await context.query(
    'insert into one_time (tenant_id, id, purpose, account_id, digest, held, created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?)',
    [
      context.tenant.id,
      id,
      purpose,
      accountId,
      digest(token),
      held === undefined ? null : sealHeld(context, id, held),
      context.at,
      context.from(lifetime),
    ],
  )
  return token
}

/** Looks a link up without changing anything. What is shown from then on is in the language of whom it was for. */
export async function findLink(context: Context, token: string, purpose: Purpose): Promise<LinkState> {
  const row = await context.one<{
    id: string
    account_id: string
    created_at: string
    expires_at: string
    held: string | null
    used_at: string | null
    dead_at: string | null
    language: Language
  }>(
    `select o.id, o.account_id, o.created_at, o.expires_at, o.held, o.used_at, o.dead_at, a.language
     from one_time o join account a on a.tenant_id = o.tenant_id and a.id = o.account_id where o.digest = ? and o.purpose = ?`,
    [digest(token), purpose],
  )
  if (!row) return { state: 'unknown' }
  context.speakFor(row.language)
  if (row.used_at) return { state: 'used', accountId: row.account_id }
  if (row.dead_at) return { state: 'replaced', accountId: row.account_id }
  const expiresAt = new Date(row.expires_at)
  if (expiresAt <= context.at) return { state: 'expired', accountId: row.account_id }
  const held = row.held && openHeld(context, row.id, row.held)
  // What it was about is lost: it works no more, and another can be asked for.
  if (row.held && held === null) return { state: 'replaced', accountId: row.account_id }
  return {
    state: 'alive',
    link: { id: row.id, accountId: row.account_id, createdAt: new Date(row.created_at), expiresAt, held },
  }
}

/** Spends a one-time thing, once: of many at the same moment one gets true. */
export async function spend(context: Context, id: string): Promise<boolean> {
  const row = await context.one(
    'update one_time set used_at = ? where id = ? and used_at is null and dead_at is null and expires_at > ? returning id',
    [context.at, id, context.at],
  )
  return row !== null
}
