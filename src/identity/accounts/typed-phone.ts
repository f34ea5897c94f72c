import type { FieldErrors } from '../../platform/http/answer.ts'
import type { Context } from '../../tenancy/context.ts'
import { countryNames, readPhone } from './phone.ts'

/** The number that was typed, or what is wrong with it and from which countries one would do. */
export function phoneRead(
  { policy: { sms }, language }: Context,
  typed: string,
): { number: string } | { errors: FieldErrors } {
  const read = readPhone(typed, sms.countries)
  return read.ok
    ? { number: read.e164 }
    : { errors: { phone: { key: read.key, params: { countries: countryNames(sms.countries, language) } } } }
}
