import { states, type Sample, type Samples, type SampleContext } from '../../tenancy/samples.ts'
import type { FieldErrors } from '../../platform/http/answer.ts'
import type { PasswordAsked } from '../../identity/passwords/index.ts'
import { passwordRules } from '../../identity/accounts/index.ts'
import {
  approvalView,
  authenticatorView,
  backupCodeView,
  birthDateView,
  chooseFactorView,
  doneView,
  introView,
  passkeyView,
  passwordView,
  phoneCodeView,
  phoneView,
  secretQuestionView,
  signInView,
  stricterView,
  togetherView,
  type PhoneAsked,
} from './views.ts'

const progress = { current: 2, total: 5 }
const on = <Data extends object>(step: string, data: Data) => ({
  action: `/onboarding/${step}`,
  progress,
  values: {},
  ...data,
})
/** The same page as it is shown first, with a mistake, and as a tab that was left behind shows it. */
const usual = <Data extends object>(
  data: Sample<Data>['data'],
  wrong: Record<string, FieldErrors> = {},
): Record<string, Sample<Data>> => ({
  first: { data },
  ...Object.fromEntries(Object.entries(wrong).map(([state, errors]) => [state, { data, errors }])),
  stale: { data, errors: { '': { key: 'onboarding.stale' } } },
})

const password =
  (step: string, own: Partial<PasswordAsked> = {}) =>
  ({ tenant, t }: SampleContext) =>
    on(step, {
      rules: (tenant ? passwordRules(tenant.policy.password) : []).map(({ name, params }) => ({
        ok: null as boolean | null,
        text: t(`accounts.rule.${name}`, params),
      })),
      repeat: true,
      current: false,
      buttonTells: tenant?.policy.password.buttonTells ?? false,
      identifier: 'sanne@voorbeeld.example',
      again: false,
      ...own,
    })
const together = (context: SampleContext) => ({ ...password('account')(context), ...phone })
const tooShort: FieldErrors = { password: { key: 'accounts.rule.length.broken', params: { minimum: 12 } } }

const phone: PhoneAsked = {
  use: 'factor',
  optional: false,
  choice: false,
  lastTwo: null,
  lifetime: 'PT10M',
  next: null,
}
const recovery: PhoneAsked = { ...phone, use: 'recovery', optional: true }
const sent = { lastTwo: '78', next: null }
const landline: FieldErrors = { phone: { key: 'accounts.phone.landline' } }
const otherCountry: FieldErrors = {
  phone: { key: 'accounts.phone.country', params: { countries: 'Nederland, België of Duitsland' } },
}
const tooSoon = { seconds: 42 }

/** A QR code that holds nobody's key. */
const picture = '/dev/qr.png'
const app = {
  key: 'ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567',
  address: 'otpauth://totp/Voorbeeld',
  optional: false,
  choice: false,
  picture,
}
const approval = {
  optional: false,
  choice: false,
  there: false,
  join: null,
  picture,
  look: '/onboarding/approval-look',
}
const backup = {
  paper: {
    name: 'Sanne de Wit',
    identifier: 'sanne.dewit',
    address: 'portaal.voorbeeld.example',
    at: Temporal.Instant.from('2026-11-12T18:00:00Z'),
  },
  code: 'A1B2C-D3E4F-G5H6J-K7M8N',
  confirm: false,
  again: false,
  switchesOff: false,
  file: 'voorbeeld-backup-code.txt',
}

/** The pages of the onboarding, each step in every state. */
export const samples: Samples = {
  ...states(passwordView, {
    ...usual(password('password'), { tooShort, differs: { repeat: { key: 'onboarding.password.differs' } } }),
    changing: { data: password('password', { current: true, buttonTells: true }) },
    changingWrong: {
      data: password('password', { current: true, buttonTells: true }),
      errors: { current: { key: 'onboarding.password.currentWrong' } },
    },
    typing: {
      data: (context) => {
        const page = password('password', { buttonTells: true })(context)
        return { ...page, rules: page.rules.map((rule, at) => ({ ...rule, ok: at > 0 })) }
      },
    },
  }),
  ...states(togetherView, usual(together, { both: { ...tooShort, ...landline } })),
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
  ...states(
    birthDateView,
    usual(on('birth-date', {}), {
      wrong: { birth: { key: 'onboarding.birthDate.wrong' } },
      empty: { birth: { key: 'accounts.date.empty' } },
    }),
  ),
  ...states(signInView, {
    temporary: { data: on('sign-in', { with: 'temporary', next: null }) },
    own: { data: on('sign-in', { with: 'own', next: null }) },
    mailedAgain: {
      data: ({ t }) => on('sign-in', { with: 'temporary', next: 42, notice: t('onboarding.signIn.mailedAgain') }),
    },
    wait: {
      data: on('sign-in', { with: 'temporary', next: null }),
      errors: { '': { key: 'onboarding.code.wait', params: tooSoon } },
    },
  }),
  ...states(introView, {
    ...usual(
      on('intro', {
        later: false,
        until: null,
        days: null,
        obligatoryFrom: null,
        ways: ['authenticator'],
        backupCode: true,
      }),
    ),
    later: {
      data: on('intro', {
        later: true,
        until: '2027-01-15',
        days: 14,
        obligatoryFrom: '2027-01-01',
        ways: ['approval', 'passkey', 'authenticator', 'sms'],
        backupCode: true,
      }),
    },
    lastDay: {
      data: on('intro', {
        later: true,
        until: '2027-01-15',
        days: 1,
        obligatoryFrom: '2027-01-01',
        ways: ['approval', 'passkey', 'authenticator', 'sms'],
        backupCode: true,
      }),
    },
    obligatory: {
      data: on('intro', {
        later: false,
        until: '2027-01-15',
        days: null,
        obligatoryFrom: '2027-01-01',
        ways: ['approval', 'passkey', 'authenticator', 'sms'],
        backupCode: true,
      }),
    },
    free: {
      data: on('intro', {
        later: true,
        until: null,
        days: null,
        obligatoryFrom: null,
        ways: ['sms'],
        backupCode: false,
      }),
    },
  }),
  ...states(stricterView, {
    ...usual(
      on('stricter', {
        text: 'onboarding.stricter.text',
        asked: ['onboarding.stricter.secondFactor'],
        from: '2027-01-01',
        until: '2027-01-15',
        days: 9,
      }),
    ),
    both: {
      data: on('stricter', {
        text: 'onboarding.stricter.text',
        asked: ['onboarding.stricter.password', 'onboarding.stricter.secondFactor'],
        from: '2027-01-01',
        until: '2027-01-15',
        days: 1,
      }),
    },
    terms: {
      data: on('stricter', {
        titleKey: 'terms.alone.title',
        text: 'terms.alone.text',
        asked: ['terms.asked'],
        from: '2027-01-01',
        until: '2027-01-15',
        days: 9,
      }),
    },
    obligatory: {
      data: on('stricter', {
        text: 'onboarding.stricter.text',
        asked: ['onboarding.stricter.password'],
        from: '2027-01-01',
        until: '2027-01-15',
        days: 0,
      }),
    },
  }),
  ...states(
    chooseFactorView,
    usual(on('choose-factor', { of: ['passkey', 'authenticator', 'sms', 'mail'] }), {
      none: { factor: { key: 'onboarding.chooseFactor.none' } },
    }),
  ),
  ...states(authenticatorView, {
    ...usual(on('authenticator', app), {
      wrong: { code: { key: 'factors.authenticator.wrong' } },
      clock: { code: { key: 'factors.authenticator.skew', params: { minutes: 3, direction: 'ahead' } } },
    }),
    choice: { data: on('authenticator', { ...app, choice: true }) },
    optional: { data: on('authenticator', { ...app, optional: true }) },
  }),
  ...states(passkeyView, {
    ...usual(on('passkey', { options: '{}', optional: false, choice: false }), {
      wrong: { passkey: { key: 'factors.passkey.wrongNew' } },
    }),
    choice: { data: on('passkey', { options: '{}', optional: false, choice: true }) },
    optional: { data: on('passkey', { options: '{}', optional: true, choice: false }) },
  }),
  ...states(approvalView, {
    ...usual(on('approval', approval), { notYet: { '': { key: 'onboarding.approval.notYet' } } }),
    picture: {
      data: on('approval', {
        ...approval,
        join: {
          link: 'https://portaal.voorbeeld.example/approve/join/hBq0cW3yKz8m1VtXoE5nJd7uRs2LfPaGi6TbYw9QkMx',
          number: '47',
          until: new Date('2026-11-12T18:19:00Z'),
        },
      }),
    },
    choice: { data: on('approval', { ...approval, choice: true, optional: true }) },
    there: { data: on('approval', { ...approval, there: true }) },
  }),
  ...states(backupCodeView, {
    ...usual(on('backup-code', backup)),
    confirm: { data: on('backup-code', { ...backup, confirm: true }) },
    notSaved: {
      data: on('backup-code', { ...backup, confirm: true }),
      errors: { saved: { key: 'onboarding.backupCode.notSaved' } },
    },
    again: { data: on('backup-code', { ...backup, again: true, switchesOff: true, progress: null }) },
  }),
  ...states(secretQuestionView, {
    ...usual(on('secret-question', { confirmPassword: true, most: 120 }), {
      short: {
        question: { key: 'onboarding.secretQuestion.questionShort', params: { least: 10 } },
        answer: { key: 'onboarding.secretQuestion.answerShort', params: { least: 3 } },
      },
      long: { question: { key: 'onboarding.secretQuestion.long', params: { most: 120 } } },
      inQuestion: { answer: { key: 'onboarding.secretQuestion.answerInQuestion' } },
      password: { current: { key: 'onboarding.password.currentWrong' } },
    }),
    withoutPassword: { data: on('secret-question', { confirmPassword: false, most: 120 }) },
  }),
  ...states(doneView, {
    home: { data: on('done', { progress: null, landing: 'home', strengthened: false, name: 'Sanne' }) },
    signIn: {
      data: on('done', { progress: null, landing: 'signIn', strengthened: false, name: 'Sanne' }),
    },
    strengthened: {
      layout: 'portal',
      data: on('done', { progress: null, landing: 'home', strengthened: true, name: 'Sanne' }),
    },
  }),
}
