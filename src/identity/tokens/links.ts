import { digest, randomToken } from '../../platform/crypto/encryption.ts'
import { lockAccount } from '../accounts/index.ts'
import type { Purpose } from './one-time.ts'
import { findByDigest, insertOneTime, killOneTime } from './store.ts'
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

/** Seals what is kept with a one-time thing. */
export const sealHeld = (context: Context, id: string, held: string): string =>
  context.tenant.vault.seal(context.associatedData('one_time', 'held', id), held)
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
  await lockAccount(context, accountId)
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
  await insertOneTime(context, {
    id,
    purpose,
    account_id: accountId,
    digest: digest(token),
    held: held === undefined ? null : sealHeld(context, id, held),
    expires_at: context.from(lifetime),
  })
  return token
}

/** Looks a link up without changing anything. What is shown from then on is in the language of whom it was for. */
export async function findLink(context: Context, token: string, purpose: Purpose): Promise<LinkState> {
  const row = await findByDigest(context, digest(token), purpose)
  if (!row) return { state: 'unknown' }
  if (row.language) context.speakFor(row.language)
  if (row.used_at) return { state: 'used', accountId: row.account_id }
  if (row.dead_at) return { state: 'replaced', accountId: row.account_id }
  if (row.expires_at <= context.at) return { state: 'expired', accountId: row.account_id }
  const held = row.held && openHeld(context, row.id, row.held)
  // What it was about is lost: it works no more, and another can be asked for.
  if (row.held && held === null) return { state: 'replaced', accountId: row.account_id }
  return {
    state: 'alive',
    link: { id: row.id, accountId: row.account_id, createdAt: row.created_at, expiresAt: row.expires_at, held },
  }
}
