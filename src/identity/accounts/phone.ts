import { parsePhoneNumberWithError, ParseError } from 'libphonenumber-js/max'
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max'
import type { Language } from '../../platform/i18n/texts.ts'

export type PhoneKey =
  | 'accounts.phone.empty'
  | 'accounts.phone.unreadable'
  | 'accounts.phone.incomplete'
  | 'accounts.phone.landline'
  | 'accounts.phone.not-mobile'
  | 'accounts.phone.country'

/** `e164` like +31612345678; `lastTwo` is all that is ever shown of it. */
export type ReadPhone = { ok: true; e164: string; lastTwo: string } | { ok: false; key: PhoneKey }

/** In some countries, the United States among them, a number does not tell which of the two it is. */
const mobile = ['MOBILE', 'FIXED_LINE_OR_MOBILE']

function parse(text: string, region: CountryCode): PhoneNumber | null {
  try {
    return parsePhoneNumberWithError(text, { defaultCountry: region, extract: false })
  } catch (error) {
    if (error instanceof ParseError) return null // a typing mistake of the person, answered with a text
    throw error
  }
}

/** What is wrong with a parsed number, or null. Satellite and other numbers without a country cost too much to write to. */
function objection(phone: PhoneNumber, countries: readonly string[]): PhoneKey | null {
  if (phone.ext) return 'accounts.phone.unreadable'
  if (!phone.isValid()) return 'accounts.phone.incomplete'
  if (!phone.country || !countries.includes(phone.country)) return 'accounts.phone.country'
  const type = phone.getType() ?? ''
  if (mobile.includes(type)) return null
  return type === 'FIXED_LINE' ? 'accounts.phone.landline' : 'accounts.phone.not-mobile'
}

/**
 * Reads a mobile number as people write it: 06 12345678, 0031 6…, +31 (0)6…, with dots, dashes, Arabic figures.
 * Only mobile numbers of `countries` (ISO 3166-1, two letters) pass: no landline, pager, paid, shared or unknown range,
 * so that nobody earns by having codes sent. A number without a country belongs to the first of them.
 */
export function readPhone(text: string, countries: readonly string[]): ReadPhone {
  const typed = text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .trim() // address books add marks of direction
  if (typed === '') return { ok: false, key: 'accounts.phone.empty' }
  const phone = parse(typed, countries[0] as CountryCode)
  const key = phone ? objection(phone, countries) : 'accounts.phone.unreadable'
  if (!phone || key) return { ok: false, key: key ?? 'accounts.phone.unreadable' }
  return { ok: true, e164: phone.number, lastTwo: phone.number.slice(-2) }
}

/** The countries in words, as a choice: "Nederland, België of Duitsland". */
export function countryNames(countries: readonly string[], language: Language): string {
  const names = new Intl.DisplayNames(language, { type: 'region' })
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(
    countries.map((country) => names.of(country) ?? country),
  )
}
