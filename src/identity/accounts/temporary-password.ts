import { randomInt } from 'node:crypto'
import type { Context } from '../../tenancy/context.ts'

/** Nothing that looks like something else in print (0 o, 1 l i, 5 s, 8 b, 9 g q, u v, m rn) and no vowels, so no words. */
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

/** Whether this is the living temporary password of an account. Who has chosen a password of their own has none: ask that first. */
export async function isTemporaryPassword(context: Context, accountId: string, typed: string): Promise<boolean> {
  const password = readTemporaryPassword(typed)
  return (
    password !== null &&
    null !==
      (await context.one(
        `select id from one_time where account_id = ? and purpose = 'temporaryPassword' and digest = ? and used_at is null and dead_at is null and expires_at > ?`,
        [accountId, context.tenant.vault.mac('temporary password', password), context.at],
      ))
  )
}
