import type { FactorName } from '../../tenancy/policy.ts'
import type { Sample, Samples } from '../../tenancy/samples.ts'
import type { FieldErrors } from '../../platform/answer.ts'

const code = (factor: FactorName, errors?: FieldErrors): Sample => ({ layout: 'portal', ...(errors && { errors }),
  data: { factor, sends: factor === 'sms', asks: factor === 'backupCode' ? 'letters' : 'figures', ask: {}, sentTo: factor === 'sms' ? '•••• 78' : null,
    others: (['authenticator', 'sms', 'backupCode'] as const).filter((other) => other !== factor) } })
const wait: FieldErrors = { code: { key: 'step-up.wait', params: { seconds: 540 } } }

/** The pages that ask once more who somebody is. */
export const samples: Samples = {
  code: {
    app: code('authenticator'),
    sms: code('sms'),
    backupCode: code('backupCode'),
    wrong: code('authenticator', { code: { key: 'factors.authenticator.wrong' } }),
    wait: code('authenticator', wait),
  },
  send: {
    first: code('sms'),
    tooSoon: code('sms', { code: { key: 'step-up.again', params: { seconds: 42 } } }),
  },
  password: {
    first: { layout: 'portal', data: {} },
    wrong: { layout: 'portal', data: {}, errors: { password: { key: 'step-up.password.wrong' } } },
    wait: { layout: 'portal', data: {}, errors: { password: { key: 'step-up.wait', params: { seconds: 540 } } } },
  },
}
