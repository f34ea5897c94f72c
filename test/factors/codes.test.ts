import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backupCodeFrom, readBackupCode } from '../../src/identity/factors/backup-code/format.ts'
import { readCode } from '../../src/identity/factors/code-input.ts'

describe('code of figures', () => {
  test.each([
    '123456',
    ' 123 456 ',
    '123-456',
    '123\u2013456',
    '1 2 3 4 5 6\n',
    '\u200e123456',
    '١٢٣٤٥٦',
    '۱۲۳۴۵۶',
    '１２３４５６',
    '123.456',
  ])('%s', (typed) => {
    expect(readCode(typed)).toEqual({ ok: true, code: '123456' })
  })
  test.each([
    ['', 'empty'],
    [' - ', 'empty'],
    ['12345', 'too-short'],
    ['1234567', 'too-long'],
    ['12345a', 'letters'],
    ['12345O', 'letters'],
    ['abc', 'letters'],
    ['+12345', 'letters'],
    ['12345😀', 'letters'],
    ['1'.repeat(100_000), 'too-long'],
  ])('%s is refused', (typed, key) => {
    expect(readCode(typed, { length: 6 })).toEqual({ ok: false, key: `factors.code.${key}`, params: { length: 6 } })
  })
  test('another length', () => expect(readCode('1234 5678', { length: 8 })).toEqual({ ok: true, code: '12345678' }))
})

/** A code from as many random bits as the product gives. */
const newBackupCode = () => backupCodeFrom(randomBytes(32).toString('hex'))

/**
 * How codes were made from the first release on; their hashes are in databases, and a derived code is on somebody's
 * paper.
 */
function bitByBit(hex: string): string {
  const bits = BigInt(`0x${hex}`)
  const letter = (at: number) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number((bits >> BigInt(at * 5)) & 31n)]
  return Array.from({ length: 20 }, (_, at) => letter(at))
    .join('')
    .replace(/.{5}(?=.)/g, '$&-')
}

describe('backup code', () => {
  test('is the same as ever from the same bits', () => {
    const bits = '00112233445566778899aabbccddeeff0f1e2d3c4b5a69788796a5b4c3d2e1f0'
    expect(backupCodeFrom(bits)).toBe('GFR5X-1KP5N-5F8W5-DTTJR')
    const random = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))
    fc.assert(fc.property(random, (hex) => backupCodeFrom(hex) === bitByBit(hex)))
  })
  test('has 100 bits in four groups of five, and all 32 characters occur', () => {
    const codes = Array.from({ length: 500 }, newBackupCode)
    expect(new Set(codes).size).toBe(500)
    for (const code of codes) expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/)
    expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32)
  })
  test('reads back however it was copied', () => {
    for (let number = 0; number < 300; number++) {
      const code = newBackupCode()
      const ways = [
        code,
        code.toLowerCase(),
        code.replaceAll('-', ' '),
        code.replaceAll('-', ''),
        ` ${code.replaceAll('-', ' \u2013 ')}\n`,
        code.replaceAll('0', 'O').replaceAll('1', 'I'),
        code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'),
      ]
      for (const typed of ways) expect(readBackupCode(typed)).toEqual({ ok: true, code })
    }
  })
  test.each([
    ['', 'empty'],
    [' -- ', 'empty'],
    ['ABCDE', 'too-short'],
    ['A'.repeat(21), 'too-long'],
    ['U'.repeat(20), 'characters'],
    [`${'A'.repeat(19)}!`, 'characters'],
    ['Ж'.repeat(20), 'characters'],
    [`${'A'.repeat(19)}😀`, 'characters'],
  ])('%s is refused', (typed, key) => {
    expect(readBackupCode(typed)).toEqual({ ok: false, key: `factors.backup-code.${key}`, params: { length: 20 } })
  })
})
