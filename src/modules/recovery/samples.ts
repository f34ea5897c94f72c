import type { FieldErrors } from '../../platform/http/answer.ts'
import { askingSample } from '../../identity/factors/index.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import { states, type Samples, type SampleContext } from '../../tenancy/samples.ts'
import type { Gone } from './state.ts'
import { passwordSample } from '../../identity/passwords/index.ts'
import {
  codeView,
  goneView,
  indexView,
  noneView,
  numberCodeView,
  otherView,
  passwordView,
  questionView,
  sentView,
  stopView,
  stoppedView,
  stuckView,
  togetherView,
  tooLateView,
  waitingView,
  type RecoveryCode,
  type LinkForm,
} from './views.ts'

const form = (at: string): LinkForm => ({ at, action: '/recovery/voorbeeld', values: {} })
const { action } = form('code')
const by = ({ tenant }: SampleContext) => tenant?.policy.signIn.identifier ?? 'email'
const choosing = (context: SampleContext) => ({ ...passwordSample(context), ...form('password') })
const tooShort: FieldErrors = { password: { key: 'accounts.rule.length.broken', params: { minimum: 12 } } }
const ask = (context: SampleContext) => ({ by: by(context), values: { identifier: '' } })
const code = (factor: FactorName, more: Partial<RecoveryCode> = {}): RecoveryCode => ({
  ...form('code'),
  ...askingSample(factor),
  others: [],
  phone: false,
  trust: null,
  ...more,
})
const approval: Partial<RecoveryCode> = { others: ['authenticator'] }
const question = { question: 'Hoe heette het konijn van de buren?', left: 5, ...form('question') }
const numberCode = { lastTwo: '78', lifetime: 'PT10M', next: null, ...form('numberCode') }
const none = { action: `${action}/none`, back: action }
const gone = (state: Gone['gone']) => ({ data: { state } })

/** The pages of getting back in, in every state. */
export const samples: Samples = {
  ...states(indexView, {
    first: { data: ask },
    empty: { data: ask, errors: { identifier: { key: 'recovery.index.empty' } } },
  }),
  ...states(sentView, { first: { data: { next: null } } }),
  ...states(goneView, {
    used: gone('used'),
    replaced: gone('replaced'),
    expired: gone('expired'),
    closed: gone('closed'),
    unknown: gone('unknown'),
  }),
  ...states(questionView, {
    first: { data: question },
    wrong: {
      data: { ...question, left: 3 },
      errors: { answer: { key: 'recovery.question.wrong', params: { left: 3 } } },
    },
  }),
  ...states(codeView, {
    app: { data: code('authenticator', { others: ['sms', 'backupCode'] }) },
    sms: { data: code('sms') },
    smsSent: { data: code('sms', { sent: true }) },
    oldNumber: { data: code('sms', { phone: true }) },
    budget: { data: code('sms', { unsent: { reason: 'budget', seconds: 2400 } }) },
    otherCountry: { data: code('sms', { unsent: { reason: 'country', seconds: 0 } }) },
    passkey: { data: code('passkey', { others: ['sms', 'backupCode'] }) },
    approval: { data: code('approval', approval) },
    approvalSent: { data: code('approval', { ...approval, sent: true }) },
    approvalRefused: { data: code('approval', approval), errors: { code: { key: 'factors.approval.refused' } } },
    wrongPasskey: { data: code('passkey'), errors: { code: { key: 'factors.passkey.stale' } } },
    backup: { data: code('backupCode', { others: ['authenticator'] }) },
    wrong: { data: code('authenticator'), errors: { code: { key: 'factors.authenticator.wrong' } } },
    wait: {
      data: code('sms', { sent: true }),
      errors: { code: { key: 'sign-in.code.wait', params: { seconds: 540 } } },
    },
  }),
  ...states(otherView, {
    choice: { data: { action, back: action, ways: ['authenticator', 'sms', 'backupCode'] } },
    none: { data: { action, back: action, ways: ['authenticator'] }, errors: { way: { key: 'sign-in.other.none' } } },
  }),
  ...states(noneView, {
    people: { data: { ...none, phone: false, delay: null } },
    delay: { data: { ...none, phone: true, delay: 'PT24H' } },
    wrong: {
      data: { ...none, phone: true, delay: 'PT24H', values: { email: 'sane@voorbeeld.example' } },
      errors: { email: { key: 'recovery.email.wrong' } },
    },
  }),
  ...states(stuckView, { first: { data: { none: `${action}/none` } } }),
  ...states(waitingView, {
    people: { data: { phone: false, delay: null } },
    delay: { data: { phone: true, delay: 'PT24H' } },
  }),
  ...states(togetherView, {
    first: { data: choosing },
    wrong: {
      data: (context) => ({ ...choosing(context), values: { phone: '020 123' } }),
      errors: { ...tooShort, phone: { key: 'accounts.phone.incomplete' } },
    },
    stale: { data: choosing, errors: { '': { key: 'onboarding.stale' } } },
  }),
  ...states(numberCodeView, {
    first: { data: numberCode },
    older: { data: numberCode, errors: { code: { key: 'factors.code.older' } } },
  }),
  ...states(passwordView, {
    first: { data: choosing },
    tooShort: { data: choosing, errors: tooShort },
  }),
  ...states(stopView, {
    first: { data: { action } },
    wrong: {
      data: { action, values: { email: 'sane@voorbeeld.example' } },
      errors: { email: { key: 'recovery.email.wrong' } },
    },
  }),
  ...states(stoppedView, { first: { data: {} } }),
  ...states(tooLateView, { first: { data: {} } }),
}
