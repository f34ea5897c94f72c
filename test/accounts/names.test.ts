import { expect, test } from 'vitest'
import { fold, foldSigns } from '../../src/identity/accounts/folding.ts'
import { newTemporaryPassword, readTemporaryPassword } from '../../src/identity/tokens/temporary-password.ts'
import { foldUsername, readUsername } from '../../src/identity/accounts/username.ts'

test.each([
  ['Zoë DE Vriés', 'zoe de vries'],
  ['Łukasz Sørensen', 'lukasz sorensen'],
  ['STRASSE straße', 'strasse strasse'],
  ['Ĳsbrand', 'ijsbrand'],
  ['ＡＢＣ１', 'abc1'],
  ['İı', 'ii'],
])('%s folds to %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
  expect(fold(folded)).toBe(folded)
})

test('signs read as letters', () => {
  for (const text of ['linde', 'L1nd3', '|!nd€', 'LÍNDÉ']) expect(foldSigns(text)).toBe(foldSigns('linde'))
})

test.each([
  ['jan', 'jan'],
  ['  José.Vries ', 'jose.vries'],
  ['J_de-Vries9', 'j_de-vries9'],
  ['ｊａｎ\u200b', 'jan'],
])('user name %s is %s', (typed, username) => {
  expect(readUsername(typed)).toEqual({ ok: true, username })
  expect(foldUsername(typed)).toBe(username)
})

test.each([
  ['', 'empty'],
  [' ', 'empty'],
  ['ab', 'too-short'],
  ['a'.repeat(65), 'too-long'],
  ['jan de vries', 'characters'],
  ['jan@example.nl', 'characters'],
  ['.jan', 'characters'],
  ['jan-', 'characters'],
  ['jаn', 'characters'],
  ['jan\0x', 'characters'],
])('user name %s is refused', (typed, key) => {
  expect(readUsername(typed)).toMatchObject({ ok: false, key: `accounts.username.${key}` })
})

test('temporary passwords differ, hold 80 bits and read back however they are typed', () => {
  const all = Array.from({ length: 500 }, newTemporaryPassword)
  const alphabet = new Set(all.join('').replaceAll('-', ''))
  expect(new Set(all).size).toBe(500)
  expect(20 * Math.log2(alphabet.size)).toBeGreaterThanOrEqual(80)
  expect([...alphabet].filter((letter) => 'aeiouvlgqsbzr012568'.includes(letter))).toEqual([])
  for (const password of all) {
    expect(password).toMatch(/^(?:[a-z0-9]{4}-){4}[a-z0-9]{4}$/)
    for (const typed of [
      password,
      ` ${password.toUpperCase()}\n`,
      password.replaceAll('-', ' '),
      password.replaceAll('-', '\u2011'),
    ])
      expect(readTemporaryPassword(typed)).toBe(password)
  }
  for (const wrong of ['', 'x', 'Welkom2026!', 'o000-0000-0000-0000-0000', `${all[0]}c`])
    expect(readTemporaryPassword(wrong)).toBeNull()
})
