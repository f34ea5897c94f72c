import { randomInt } from 'node:crypto'
import type { Context } from '../../tenancy/context.ts'
import { alive, db, of, unspent } from './conditions.ts'
import { insertOneTime, killOneTime } from './store.ts'

/**
 * Nothing that looks like something else in print (0 o, 1 l i, 5 s, 8 b, 9 g q, u v, m rn) and no vowels, so no words.
 */
const alphabet = 'cdfhjkmnptwxy3479'
const groups = 5
const groupLength = 4

const grouped = (letters: string): string => letters.match(new RegExp(`.{${groupLength}}`, 'g'))!.join('-')

/** A password that works once, to be mailed or printed: 20 characters in groups of four, 81 bits. */
export function newTemporaryPassword(): string {
  return grouped(Array.from({ length: groups * groupLength }, () => alphabet[randomInt(alphabet.length)]).join(''))
}

/**
 * What was typed or pasted, in the form `newTemporaryPassword` gives: spaces, dashes and capitals do not matter.
 * Null when it cannot be a temporary password.
 */
export function readTemporaryPassword(text: string): string | null {
  const letters = text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toLowerCase()
  const fits =
    letters.length === groups * groupLength && Array.from(letters).every((letter) => alphabet.includes(letter))
  return fits ? grouped(letters) : null
}

/** As it is kept: nothing but the password itself leads back to it. */
const mac = (context: Context, password: string) => context.tenant.vault.mac('temporary password', password)

/** Makes a temporary password, and kills the one before. In the caller's transaction, with the mail it goes in. */
export async function issueTemporaryPassword(context: Context, accountId: string, expiresAt: Date): Promise<string> {
  const password = newTemporaryPassword()
  await killOneTime(context, accountId, 'temporaryPassword')
  await insertOneTime(context, {
    id: crypto.randomUUID(),
    purpose: 'temporaryPassword',
    account_id: accountId,
    digest: mac(context, password),
    expires_at: expiresAt,
  })
  return password
}

/**
 * Whether this is the living temporary password of an account. Who has chosen a password of their own has none: ask
 * that first.
 */
export async function isTemporaryPassword(context: Context, accountId: string, typed: string): Promise<boolean> {
  const password = readTemporaryPassword(typed)
  if (password === null) return false
  const row = await db(context)
    .selectFrom('one_time')
    .select('id')
    .where(of({ accountId, purpose: 'temporaryPassword' }))
    .where('digest', '=', mac(context, password))
    .where(alive(context))
    .executeTakeFirst()
  return row !== undefined
}

/** There is a password of their own now: a temporary one is worth nothing any more. */
export async function spendTemporaryPassword(context: Context, accountId: string): Promise<void> {
  await db(context)
    .updateTable('one_time')
    .set({ used_at: context.at })
    .where(of({ accountId, purpose: 'temporaryPassword' }))
    .where(unspent)
    .execute()
}
