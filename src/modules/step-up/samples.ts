import type { FactorName } from '../../tenancy/policy.ts'
import type { Sample, Samples } from '../../tenancy/samples.ts'
import type { FieldErrors } from '../../platform/http/answer.ts'

const code = (factor: FactorName, errors?: FieldErrors): Sample => ({
  layout: 'portal',
  ...(errors && { errors }),
  data: {
    factor,
    sends: factor === 'sms',
    asks: factor === 'backupCode' ? 'letters' : factor === 'passkey' ? 'passkey' : 'figures',
    ask: { options: '{}' },
    sentTo: factor === 'sms' ? '•••• 78' : null,
    others: (['authenticator', 'sms', 'backupCode'] as const).filter((other) => other !== factor),
  },
})
const approval = (errors?: FieldErrors, sent = true): Sample => ({
  layout: 'portal',
  ...(errors && { errors }),
  data: {
    factor: 'approval',
    sends: true,
    sent,
    asks: 'approval',
    ask: {
      state: sent ? 'waiting' : 'expired',
      number: 47,
      until: new Date('2026-11-12T18:06:00Z'),
      address: 'portaal.voorbeeld.example/approve',
      wakes: true,
    },
    sentTo: null,
    others: ['authenticator'],
  },
})
const wait: FieldErrors = { code: { key: 'step-up.wait', params: { seconds: 540 } } }

/** The pages that ask once more who somebody is. */
export const samples: Samples = {
  code: {
    app: code('authenticator'),
    sms: code('sms'),
    backupCode: code('backupCode'),
    passkey: code('passkey'),
    approval: approval(),
    wrongPasskey: code('passkey', { code: { key: 'factors.passkey.wrong' } }),
    wrong: code('authenticator', { code: { key: 'factors.authenticator.wrong' } }),
    wait: code('authenticator', wait),
  },
  send: {
    first: code('sms'),
    budget: { ...code('sms'), data: { ...code('sms').data, unsent: { reason: 'budget', seconds: 2400 } } },
    otherCountry: { ...code('sms'), data: { ...code('sms').data, unsent: { reason: 'country', seconds: 0 } } },
    approval: approval({ code: { key: 'factors.approval.expired' } }, false),
    tooSoon: code('sms', { '': { key: 'factors.unsent.recent', params: { seconds: 42 } } }),
  },
  password: {
    first: { layout: 'portal', data: {} },
    wrong: { layout: 'portal', data: {}, errors: { password: { key: 'step-up.password.wrong' } } },
    wait: { layout: 'portal', data: {}, errors: { password: { key: 'step-up.wait', params: { seconds: 540 } } } },
  },
}
