import type { FieldErrors } from '../../../../platform/http/answer.ts'
import { states, type Samples } from '../../../../tenancy/samples.ts'
import { landline, on, phone, tooSoon, usual } from '../../sample-parts.ts'
import { phoneCodeView, phoneView, type PhoneAsked } from '../../views.ts'

const recovery: PhoneAsked = { ...phone, use: 'recovery', optional: true }
const sent = { lastTwo: '78', next: null }
const otherCountry: FieldErrors = {
  phone: { key: 'accounts.phone.country', params: { countries: 'Nederland, België of Duitsland' } },
}

export const samples: Samples = {
  ...states(phoneView, {
    ...usual(on('phone', phone), {
      landline,
      otherCountry,
      budget: { phone: { key: 'factors.unsent.budget', params: { seconds: 2400 } } },
      wait: { phone: { key: 'factors.unsent.recent', params: tooSoon } },
    }),
    recovery: { data: on('phone', recovery) },
    gone: { data: ({ t }) => on('phone', { ...phone, notice: t('onboarding.phone.gone') }) },
  }),
  ...states(phoneCodeView, {
    ...usual(on('phone', { ...phone, ...sent }), {
      wrong: { code: { key: 'factors.code.wrong' } },
      wait: { code: { key: 'factors.unsent.recent', params: tooSoon } },
    }),
    recovery: { data: on('phone', { ...recovery, ...sent }) },
    sentAgain: { data: ({ t }) => on('phone', { ...phone, ...sent, notice: t('onboarding.code.sent') }) },
  }),
}
