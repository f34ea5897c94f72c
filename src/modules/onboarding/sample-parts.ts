import type { FieldErrors } from '../../platform/http/answer.ts'
import type { Sample } from '../../tenancy/samples.ts'
import type { PhoneAsked } from './views.ts'

/** The page of a step in the middle of a flow, nothing typed yet. */
export const on = <Data extends object>(step: string, data: Data) => ({
  action: `/onboarding/${step}`,
  progress: { current: 2, total: 5 },
  values: {},
  ...data,
})

/** The same page as it is shown first, with a mistake, and as a tab that was left behind shows it. */
export const usual = <Data extends object>(
  data: Sample<Data>['data'],
  wrong: Record<string, FieldErrors> = {},
): Record<string, Sample<Data>> => ({
  first: { data },
  ...Object.fromEntries(Object.entries(wrong).map(([state, errors]) => [state, { data, errors }])),
  stale: { data, errors: { '': { key: 'onboarding.stale' } } },
})

export const tooShort: FieldErrors = { password: { key: 'accounts.rule.length.broken', params: { minimum: 12 } } }
export const landline: FieldErrors = { phone: { key: 'accounts.phone.landline' } }
export const tooSoon = { seconds: 42 }

export const phone: PhoneAsked = {
  use: 'factor',
  optional: false,
  choice: false,
  lastTwo: null,
  lifetime: 'PT10M',
  next: null,
}

/** A QR code that holds nobody's key. */
export const picture = '/dev/qr.png'
