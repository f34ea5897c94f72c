import { expect, test } from 'vitest'
import { countryNames, readPhone } from '../../src/identity/accounts/phone.ts'

const some = ['NL', 'BE', 'DE', 'GB', 'US', 'CW']

test.each([
  '06 12345678',
  '0612345678',
  '06-12 34 56 78',
  '06.12.34.56.78',
  '0031612345678',
  '00 31 6 1234 5678',
  '0031 (0)6 12345678',
  '+31612345678',
  '+31 (0)6 12345678',
  '+31(0)612345678',
  '+31 06 12345678',
  '31612345678',
  '٠٦١٢٣٤٥٦٧٨',
  '۰۶۱۲۳۴۵۶۷۸',
  '+٣١٦١٢٣٤٥٦٧٨',
  '０６１２３４５６７８',
  '\u202a+31 6 12345678\u202c',
  '\u00a006\u201112345678\n',
  '6 12345678',
])('%s is one number', (typed) => {
  expect(readPhone(typed, some)).toEqual({ ok: true, e164: '+31612345678', lastTwo: '78' })
})

test.each([
  ['+32 470 12 34 56', '+32470123456'],
  ['+49 1512 3456789', '+4915123456789'],
  ['+1 212 555 0123', '+12125550123'],
  ['+5999 518 1234', '+59995181234'],
])('%s from abroad', (typed, e164) => {
  expect(readPhone(typed, some)).toMatchObject({ ok: true, e164 })
})

test.each([
  ['', 'empty'],
  [' \u200e ', 'empty'],
  ['nummer', 'unreadable'],
  ['06 1234567O', 'unreadable'],
  ['06 12345678 tst 4', 'unreadable'],
  ['0612345678 ext 4', 'unreadable'],
  ['+', 'unreadable'],
  ['+999123456', 'unreadable'],
  ['06 12345678 / 06 87654321', 'unreadable'],
  ['1'.repeat(300), 'unreadable'],
  ['06 1234567', 'incomplete'],
  ['06 123456789', 'incomplete'],
  ['112', 'incomplete'],
  ['020 1234567', 'landline'],
  ['+32 9 395 12 34', 'landline'],
  ['0900 1234', 'not-mobile'],
  ['0800 1234', 'not-mobile'],
  ['088 1234567', 'not-mobile'],
  ['085 1234567', 'not-mobile'],
  ['066 1234567', 'not-mobile'],
  ['084 1234567', 'not-mobile'],
  ['+44 70 0000 0000', 'not-mobile'],
  ['+881612345678', 'country'],
  ['+882 16 12345678', 'country'],
  ['+979 123 456 789', 'country'],
  ['+1 900 555 0123', 'not-mobile'],
  ['+44 7624 123456', 'country'],
  ['+44 7700 900123', 'incomplete'],
  ['+44 845 123 4567', 'not-mobile'],
  ['+44 56 1234 5678', 'not-mobile'],
  ['+49 900 1 234567', 'not-mobile'],
  ['+44 55 1234 5678', 'not-mobile'],
])('%s is refused', (typed, key) => {
  expect(readPhone(typed, some)).toEqual({ ok: false, key: `accounts.phone.${key}` })
})

test('only the firm’s own countries, and a number without a country is of the first', () => {
  expect(readPhone('+32 470 12 34 56', ['NL'])).toEqual({ ok: false, key: 'accounts.phone.country' })
  expect(readPhone('+32 470 12 34 56', ['NL', 'BE'])).toMatchObject({ ok: true })
  expect(readPhone('0470 12 34 56', ['BE', 'NL'])).toMatchObject({ ok: true, e164: '+32470123456' })
  expect(readPhone('0470 12 34 56', ['NL', 'BE'])).toMatchObject({ ok: false })
})

test('the countries are named in the language of who reads it', () => {
  expect(countryNames(['NL', 'BE', 'GB'], 'nl')).toBe('Nederland, België of Verenigd Koninkrijk')
  expect(countryNames(['NL', 'BE'], 'en')).toBe('Netherlands or Belgium')
  expect(countryNames(['DE'], 'nl')).toBe('Duitsland')
})

test('whatever is read, reads the same again', () => {
  for (let number = 10_000_000; number < 99_999_999; number += 1_234_567) {
    const read = readPhone(`06-${number}`, some)
    if (read.ok) expect(readPhone(read.e164, some)).toEqual(read)
  }
})
