import { askingSample } from '../../../../identity/factors/index.ts'
import type { FactorName } from '../../../../tenancy/policy.ts'
import { states, type Samples } from '../../../../tenancy/samples.ts'
import { form } from '../../sample-parts.ts'
import { codeView, stuckView, type RecoveryCode } from '../../views.ts'
import { factorHere } from './step.ts'

const code = (factor: FactorName, more: Partial<RecoveryCode> = {}): RecoveryCode => ({
  ...form(factorHere),
  ...askingSample(factor),
  others: [],
  phone: false,
  trust: null,
  ...more,
})
const devicePrompt: Partial<RecoveryCode> = { others: ['authenticator'] }

export const samples: Samples = {
  ...states(codeView, {
    app: { data: code('authenticator', { others: ['sms', 'backupCode'] }) },
    sms: { data: code('sms') },
    smsSent: { data: code('sms', { sent: true }) },
    oldNumber: { data: code('sms', { phone: true }) },
    budget: { data: code('sms', { unsent: { reason: 'budget', seconds: 2400 } }) },
    otherCountry: { data: code('sms', { unsent: { reason: 'country', seconds: 0 } }) },
    passkey: { data: code('passkey', { others: ['sms', 'backupCode'] }) },
    devicePrompt: { data: code('devicePrompt', devicePrompt) },
    devicePromptSent: { data: code('devicePrompt', { ...devicePrompt, sent: true }) },
    devicePromptRefused: {
      data: code('devicePrompt', devicePrompt),
      errors: { code: { key: 'factors.devicePrompt.refused' } },
    },
    wrongPasskey: { data: code('passkey'), errors: { code: { key: 'factors.passkey.stale' } } },
    backup: { data: code('backupCode', { others: ['authenticator'] }) },
    wrong: { data: code('authenticator'), errors: { code: { key: 'factors.authenticator.wrong' } } },
    wait: {
      data: code('sms', { sent: true }),
      errors: { code: { key: 'sign-in.code.wait', params: { seconds: 540 } } },
    },
  }),
  ...states(stuckView, { first: { data: { none: '/recovery/voorbeeld/none' } } }),
}
