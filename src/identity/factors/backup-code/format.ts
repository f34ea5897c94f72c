import { base32crockford } from '@scure/base'

export type BackupCodeKey =
  | 'factors.backup-code.empty'
  | 'factors.backup-code.characters'
  | 'factors.backup-code.too-short'
  | 'factors.backup-code.too-long'
export type ReadBackupCode = { ok: true; code: string } | { ok: false; key: BackupCodeKey; params: { length: number } }

/** Base 32 after Douglas Crockford: figures and letters without I, L, O and U. */
const letter = /^[0-9A-HJKMNP-TV-Z]$/
const length = 20
const groupLength = 5
/** Bytes that are 24 letters exactly, so that none of the last 20 is filled up with zeros. */
const wholeLetters = 15

const grouped = (letters: string): string => letters.match(new RegExp(`.{${groupLength}}`, 'g'))!.join('-')

/**
 * A backup code of 100 bits, like 7Z3KQ-0MXD4-… in four groups of five: the last 100 of the random bits given in hex (at
 * least 120 of them), the last five first. Hash it as it is.
 */
export function backupCodeFrom(hex: string): string {
  const letters = base32crockford.encode(Buffer.from(hex, 'hex').subarray(-wholeLetters))
  return grouped([...letters].reverse().slice(0, length).join(''))
}

/**
 * Reads a backup code as people copy it from paper; `code` has exactly the form `newBackupCode` gave.
 * Spaces, dashes and small letters do not matter; O is read as 0, I and L as 1. U is in no code.
 */
export function readBackupCode(text: string): ReadBackupCode {
  const typed = text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toUpperCase()
  const letters = typed.replaceAll('O', '0').replace(/[IL]/g, '1')
  const wrong = (key: BackupCodeKey): ReadBackupCode => ({ ok: false, key, params: { length } })
  if (letters === '') return wrong('factors.backup-code.empty')
  if (!Array.from(letters).every((each) => letter.test(each))) return wrong('factors.backup-code.characters')
  if (letters.length < length) return wrong('factors.backup-code.too-short')
  if (letters.length > length) return wrong('factors.backup-code.too-long')
  return { ok: true, code: grouped(letters) }
}
