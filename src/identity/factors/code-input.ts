import { plainDigits } from '../../platform/i18n/digits.ts'

export type CodeKey = 'factors.code.empty' | 'factors.code.letters' | 'factors.code.too-short' | 'factors.code.too-long'
export type ReadCode = { ok: true; code: string } | { ok: false; key: CodeKey; params: { length: number } }

/**
 * Reads a code of figures as people type or paste it: "123 456", "123-456", Arabic or full-width figures.
 * A code of the wrong shape costs no try: nothing was guessed.
 */
export function readCode(text: string, { length = 6 }: { length?: number } = {}): ReadCode {
  const code = plainDigits(text).replace(/[\s\p{Pd}\p{Cf}.]/gu, '')
  const wrong = (key: CodeKey): ReadCode => ({ ok: false, key, params: { length } })
  if (code === '') return wrong('factors.code.empty')
  if (!/^[0-9]+$/.test(code)) return wrong('factors.code.letters')
  if (code.length < length) return wrong('factors.code.too-short')
  if (code.length > length) return wrong('factors.code.too-long')
  return { ok: true, code }
}
