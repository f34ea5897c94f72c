import { plainDigits } from '../../platform/i18n/digits.ts'

export type DatePart = 'day' | 'month' | 'year'
export type DateKey =
  | 'accounts.date.empty'
  | 'accounts.date.day-missing'
  | 'accounts.date.month-missing'
  | 'accounts.date.year-missing'
  | 'accounts.date.day-unreadable'
  | 'accounts.date.month-unreadable'
  | 'accounts.date.year-four-digits'
  | 'accounts.date.not-real'
  | 'accounts.date.future'
  | 'accounts.date.too-long-ago'

/** `parts` are the fields to mark. */
export type ReadDate = { ok: true; date: Temporal.PlainDate } | { ok: false; key: DateKey; parts: DatePart[] }

const oldest = Temporal.Duration.from({ years: 120 })

/** Months as people write them, Dutch before English; three letters are enough wherever they tell months apart. */
const months = [
  ['januari', 'january'],
  ['februari', 'february'],
  ['maart', 'march', 'mrt'],
  ['april'],
  ['mei', 'may'],
  ['juni', 'june'],
  ['juli', 'july'],
  ['augustus', 'august'],
  ['september'],
  ['oktober', 'october'],
  ['november'],
  ['december'],
]

/** 1 to 12 or whatever number was typed; null when it is no number and no month. */
function monthNumber(text: string): number | null {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const word = text.toLowerCase().replace(/\.$/, '')
  const index = word.length < 3 ? -1 : months.findIndex((names) => names.some((name) => name.startsWith(word)))
  return index < 0 ? null : index + 1
}

const wrong = (key: DateKey, ...parts: DatePart[]): ReadDate => ({ ok: false, key, parts })

function realDate(day: number, month: number, year: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch (error) {
    if (error instanceof RangeError) return null // 31 April, month 13: a typing mistake, answered with a text
    throw error
  }
}

function missing(day: string, month: string, year: string): ReadDate | null {
  if (!day && !month && !year) return wrong('accounts.date.empty', 'day', 'month', 'year')
  if (!day) return wrong('accounts.date.day-missing', 'day')
  if (!month) return wrong('accounts.date.month-missing', 'month')
  return year ? null : wrong('accounts.date.year-missing', 'year')
}

/**
 * Reads a date of birth from the three fields of the form. Months may be words, in Dutch or English.
 * A year has four figures: 25 could be a child or somebody of a hundred.
 * `today` is the firm's date of today; a later date and one of more than 120 years ago are refused.
 */
export function readDate(dayText: string, monthText: string, yearText: string, today: Temporal.PlainDate): ReadDate {
  const [day = '', monthTyped = '', year = ''] = [dayText, monthText, yearText].map((text) => plainDigits(text).trim())
  const gap = missing(day, monthTyped, year)
  if (gap) return gap
  if (!/^\d{1,2}$/.test(day)) return wrong('accounts.date.day-unreadable', 'day')
  const month = monthNumber(monthTyped)
  if (month === null) return wrong('accounts.date.month-unreadable', 'month')
  if (!/^\d{4}$/.test(year)) return wrong('accounts.date.year-four-digits', 'year')
  const date = realDate(Number(day), month, Number(year))
  if (!date) return wrong('accounts.date.not-real', 'day', 'month', 'year')
  if (Temporal.PlainDate.compare(date, today) > 0) return wrong('accounts.date.future', 'day', 'month', 'year')
  if (Temporal.PlainDate.compare(date, today.subtract(oldest)) < 0) return wrong('accounts.date.too-long-ago', 'year')
  return { ok: true, date }
}
