import { askingSample } from '../../identity/factors/index.ts'
import type { NotSent } from '../../identity/tokens/index.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import { states, type Sample, type Samples } from '../../tenancy/samples.ts'
import type { FieldErrors } from '../../platform/http/answer.ts'
import { codeView, passwordView, sendView, type StepUpCode } from './views.ts'

const code = (factor: FactorName, errors?: FieldErrors, more: Partial<StepUpCode> = {}): Sample<StepUpCode> => ({
  layout: 'portal',
  ...(errors && { errors }),
  data: {
    ...askingSample(factor),
    others: (['authenticator', 'sms', 'backupCode'] as const).filter((other) => other !== factor),
    trust: null,
    ...more,
  },
})
const devicePrompt: Partial<StepUpCode> = { sent: true, others: ['authenticator'] }
const unsent = (reason: NotSent['reason'], seconds: number) => code('sms', undefined, { unsent: { reason, seconds } })
const wait: FieldErrors = { code: { key: 'step-up.wait', params: { seconds: 540 } } }

/** The pages that ask once more who somebody is. */
export const samples: Samples = {
  ...states(codeView, {
    app: code('authenticator'),
    sms: code('sms'),
    backupCode: code('backupCode'),
    passkey: code('passkey'),
    devicePrompt: code('devicePrompt', undefined, devicePrompt),
    wrongPasskey: code('passkey', { code: { key: 'factors.passkey.wrong' } }),
    wrong: code('authenticator', { code: { key: 'factors.authenticator.wrong' } }),
    wait: code('authenticator', wait),
  }),
  ...states(sendView, {
    first: code('sms'),
    budget: unsent('budget', 2400),
    otherCountry: unsent('country', 0),
    devicePrompt: code(
      'devicePrompt',
      { code: { key: 'factors.devicePrompt.expired' } },
      { ...devicePrompt, sent: false },
    ),
    tooSoon: code('sms', { '': { key: 'factors.unsent.recent', params: { seconds: 42 } } }),
  }),
  ...states(passwordView, {
    first: { layout: 'portal', data: {} },
    wrong: { layout: 'portal', data: {}, errors: { password: { key: 'step-up.password.wrong' } } },
    wait: { layout: 'portal', data: {}, errors: { password: { key: 'step-up.wait', params: { seconds: 540 } } } },
  }),
}
