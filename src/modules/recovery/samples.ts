import type { FieldErrors } from '../../platform/http/answer.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import type { Sample, Samples, SampleContext } from '../../tenancy/samples.ts'
import { passwordRules } from '../../identity/accounts/index.ts'

const action = '/recovery/voorbeeld'
const by = ({ tenant }: SampleContext) => tenant?.policy.signIn.identifier ?? 'email'
const choosing = ({ tenant, t }: SampleContext) => ({
  rules: tenant
    ? passwordRules(tenant.policy.password).map(({ name, params }) => ({
        ok: null,
        text: t(`accounts.rule.${name}`, params),
      }))
    : [],
  repeat: true,
  current: false,
  buttonTells: tenant?.policy.password.buttonTells ?? false,
  identifier: 'sanne@voorbeeld.example',
  action,
  at: '',
})
const tooShort: FieldErrors = { password: { key: 'accounts.rule.length.broken', params: { minimum: 12 } } }
const ask =
  (identifier: string): Sample['data'] =>
  (context) => ({ by: by(context), values: { identifier } })
const code = (factor: FactorName, more: object = {}) => ({
  factor,
  sends: factor === 'sms',
  asks: factor === 'backupCode' ? 'letters' : factor === 'passkey' ? 'passkey' : 'figures',
  ask: { options: '{}' },
  sent: false,
  sentTo: factor === 'sms' ? '•••• 78' : null,
  others: [],
  phone: false,
  action,
  at: 'code',
  ...more,
})
const approval = {
  sends: true,
  asks: 'approval',
  ask: {
    state: 'waiting',
    number: 47,
    until: new Date('2026-11-12T18:06:00Z'),
    address: 'portaal.voorbeeld.example/approve',
    wakes: true,
  },
  others: ['authenticator'],
}
const question = { question: 'Hoe heette het konijn van de buren?', left: 5, action, at: 'question' }
const numberCode = { lastTwo: '78', lifetime: 'PT10M', action, at: 'numberCode' }
const none = { action: `${action}/none`, back: action }
const gone = (state: string): Sample => ({ data: { state } })

/** The pages of getting back in, in every state. */
export const samples: Samples = {
  index: {
    first: { data: ask('') },
    empty: { data: ask(''), errors: { identifier: { key: 'recovery.index.empty' } } },
  },
  sent: { first: { data: {} } },
  gone: {
    used: gone('used'),
    replaced: gone('replaced'),
    expired: gone('expired'),
    closed: gone('closed'),
    unknown: gone('unknown'),
  },
  question: {
    first: { data: question },
    wrong: {
      data: { ...question, left: 3 },
      errors: { answer: { key: 'recovery.question.wrong', params: { left: 3 } } },
    },
  },
  code: {
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
  },
  other: {
    choice: { data: { action, back: action, ways: ['authenticator', 'sms', 'backupCode'] } },
    none: { data: { action, back: action, ways: ['authenticator'] }, errors: { way: { key: 'sign-in.other.none' } } },
  },
  none: {
    people: { data: { ...none, phone: false, delay: null } },
    delay: { data: { ...none, phone: true, delay: 'PT24H' } },
    wrong: {
      data: { ...none, phone: true, delay: 'PT24H', values: { email: 'sane@voorbeeld.example' } },
      errors: { email: { key: 'recovery.email.wrong' } },
    },
  },
  stuck: { first: { data: { none: `${action}/none` } } },
  waiting: { people: { data: { phone: false, delay: null } }, delay: { data: { phone: true, delay: 'PT24H' } } },
  together: {
    first: { data: choosing },
    wrong: {
      data: (context) => ({ ...choosing(context), values: { phone: '020 123' } }),
      errors: { ...tooShort, phone: { key: 'accounts.phone.incomplete' } },
    },
    stale: { data: choosing, errors: { '': { key: 'onboarding.stale' } } },
  },
  'number-code': {
    first: { data: numberCode },
    older: { data: numberCode, errors: { code: { key: 'factors.code.older' } } },
  },
  password: {
    first: { data: choosing },
    tooShort: { data: choosing, errors: tooShort },
  },
  stop: {
    first: { data: { action } },
    wrong: {
      data: { action, values: { email: 'sane@voorbeeld.example' } },
      errors: { email: { key: 'recovery.email.wrong' } },
    },
  },
  stopped: { first: { data: {} } },
  'too-late': { first: { data: {} } },
}
