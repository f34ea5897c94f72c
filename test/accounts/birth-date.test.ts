import { expect, test } from 'vitest'
import { readDate } from '../../src/identity/accounts/birth-date.ts'

const today = Temporal.PlainDate.from('2026-11-12')
const iso = (day: string, month: string, year: string) => {
  const read = readDate(day, month, year, today)
  return read.ok ? read.date.toString() : `${read.key.replace('accounts.date.', '')} ${read.parts.join(' ')}`
}

test.each([
  ['9', '4', '1974'],
  ['09', '04', '1974'],
  [' 9 ', 'april', '1974'],
  ['9', 'Apr.', '1974'],
  ['٩', '٤', '١٩٧٤'],
  ['９', '４', '１９７４'],
])('%s %s %s', (day, month, year) => {
  expect(iso(day, month, year)).toBe('1974-04-09')
})

test('every month by name, in both languages', () => {
  for (const locale of ['nl', 'en'])
    for (const style of ['long', 'short'] as const)
      for (let month = 1; month <= 12; month++) {
        const date = Temporal.PlainDate.from({ year: 1980, month, day: 5 })
        expect(iso('5', date.toLocaleString(locale, { month: style }), '1980')).toBe(date.toString())
      }
  expect(iso('5', 'MRT', '1980')).toBe('1980-03-05')
})

test.each([
  ['29', '2', '2024', '2024-02-29'],
  ['29', '2', '2023', 'not-real day month year'],
  ['31', 'april', '1974', 'not-real day month year'],
  ['0', '1', '1974', 'not-real day month year'],
  ['1', '13', '1974', 'not-real day month year'],
  ['12', '11', '2026', '2026-11-12'],
  ['13', '11', '2026', 'future day month year'],
  ['12', '11', '1906', '1906-11-12'],
  ['11', '11', '1906', 'too-long-ago year'],
  ['1', '1', '0000', 'too-long-ago year'],
  ['1', '1', '74', 'year-four-digits year'],
  ['1', '1', '19745', 'year-four-digits year'],
  ['1', '1', '-974', 'year-four-digits year'],
  ['1', '1', 'jaar', 'year-four-digits year'],
  ['', '', '', 'empty day month year'],
  ['', '1', '1974', 'day-missing day'],
  ['1', ' ', '1974', 'month-missing month'],
  ['1', '1', '', 'year-missing year'],
  ['een', '1', '1974', 'day-unreadable day'],
  ['123', '1', '1974', 'day-unreadable day'],
  ['1', 'ma', '1974', 'month-unreadable month'],
  ['1', 'brumaire', '1974', 'month-unreadable month'],
  ['1', '1.5', '1974', 'month-unreadable month'],
])('%s-%s-%s → %s', (day, month, year, outcome) => expect(iso(day, month, year)).toBe(outcome))

test('somebody of 120 today is welcome, also when born on a leap day', () => {
  const read = readDate('29', '2', '1904', Temporal.PlainDate.from('2024-02-29'))
  expect(read.ok).toBe(true)
})
