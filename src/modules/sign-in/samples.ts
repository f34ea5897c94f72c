import { askingSample } from '../../identity/factors/index.ts'
import type { NotSent } from '../../identity/tokens/index.ts'
import type { FactorName, Policy } from '../../tenancy/policy.ts'
import { helpFor } from './page.ts'
import { states, type Samples, type SampleContext } from '../../tenancy/samples.ts'
import {
  browserGoneView,
  browserView,
  codeView,
  helpView,
  indexView,
  otherView,
  passwordView,
  type SignInCode,
} from './views.ts'

const names = { email: 'sanne@voorbeeld.example', username: 'sanne.dewit', both: 'sanne.dewit' }
const wait = { seconds: 540 }

/** The firm's own way of signing in, or, at the installation's own address, the one most firms have. */
const ways = ({ tenant }: SampleContext): Policy['signIn'] =>
  tenant?.policy.signIn ?? { identifier: 'email', layout: 'onePage', passkey: false }

const index = (typed: boolean, layout?: Policy['signIn']['layout']) => (context: SampleContext) => {
  const own = ways(context)
  return {
    by: own.identifier,
    layout: layout ?? own.layout,
    values: { identifier: typed ? names[own.identifier] : '' },
    passkey: own.passkey ? '{}' : null,
  }
}
const password = (context: SampleContext) => ({
  by: ways(context).identifier,
  identifier: names[ways(context).identifier],
})
const code = (factor: FactorName, more: Partial<SignInCode> = {}): SignInCode => ({
  ...askingSample(factor),
  others: [],
  trust: null,
  ...more,
})
const devicePrompt = (sent: boolean, state: string, more: Partial<SignInCode> = {}): SignInCode => {
  const shown = code('devicePrompt', { sent, others: ['authenticator', 'backupCode'], ...more })
  return { ...shown, ask: { ...shown.ask, state, wakes: shown.trust !== null } }
}
const mailed = { trust: 'P7D' }
const unsent = (reason: NotSent['reason']) => ({
  unsent: { reason, seconds: 2400 },
  titleKey: 'factors.unsent.title' as const,
})

/** The pages of signing in. */
export const samples: Samples = {
  ...states(indexView, {
    first: { data: index(false) },
    onePage: { data: index(false, 'onePage') },
    identifierFirst: { data: index(false, 'identifierFirst') },
    empty: {
      data: index(false),
      errors: {
        identifier: { key: 'sign-in.identifier.empty', params: { by: 'username' } },
        password: { key: 'sign-in.password.empty' },
      },
    },
    wrong: { data: index(true), errors: { password: { key: 'sign-in.wrong' } } },
    wait: { data: index(true), errors: { '': { key: 'sign-in.wait', params: wait } } },
    waitEverywhere: { data: index(true), errors: { '': { key: 'sign-in.waitEverywhere', params: wait } } },
    browserKnown: { data: (context) => ({ ...index(true)(context), notice: context.t('sign-in.browser.done') }) },
    passkey: { data: (context) => ({ ...index(false)(context), passkey: '{}' }) },
    passkeyWrong: {
      data: (context) => ({ ...index(false)(context), passkey: '{}' }),
      errors: { '': { key: 'sign-in.passkey.wrong' } },
    },
    ...Object.fromEntries(
      (['nothing', 'kept', 'tooLarge'] as const).map((kept) => [
        `ended-${kept}`,
        {
          data: (context: SampleContext) => ({
            ...index(false)(context),
            notice: context.t(`sign-in.ended.${kept}`),
            noticeKind: 'info' as const,
          }),
        },
      ]),
    ),
    signedOut: { data: (context) => ({ ...index(false)(context), notice: context.t('sign-in.signedOut') }) },
  }),
  ...states(passwordView, {
    first: { data: password },
    wrong: { data: password, errors: { password: { key: 'sign-in.wrong' } } },
  }),
  ...states(codeView, {
    app: { data: code('authenticator', { others: ['sms', 'backupCode'] }) },
    sms: { data: code('sms', { others: ['backupCode'] }) },
    onlySms: { data: code('sms') },
    mail: { data: code('mail', mailed) },
    backup: { data: code('backupCode', { others: ['authenticator'] }) },
    passkey: { data: code('passkey', { others: ['authenticator', 'backupCode'], trust: 'P7D' }) },
    onlyPasskey: { data: code('passkey') },
    wrongPasskey: {
      data: code('passkey', { others: ['backupCode'] }),
      errors: { code: { key: 'factors.passkey.wrong' } },
    },
    copiedPasskey: {
      data: code('passkey', { others: ['backupCode'] }),
      errors: { code: { key: 'factors.passkey.copied' } },
    },
    devicePrompt: { data: devicePrompt(true, 'waiting', { trust: 'P7D' }) },
    devicePromptWaits: {
      data: devicePrompt(true, 'waiting'),
      errors: { code: { key: 'factors.devicePrompt.waiting' } },
    },
    devicePromptRefused: {
      data: devicePrompt(false, 'refused'),
      errors: { code: { key: 'factors.devicePrompt.refused' } },
    },
    devicePromptExpired: { data: devicePrompt(false, 'expired') },
    devicePromptTooOften: { data: devicePrompt(false, 'refused', { unsent: { reason: 'asked', seconds: 420 } }) },
    devicePromptAlone: { data: devicePrompt(false, 'none', { unsent: { reason: 'alone', seconds: 0 } }) },
    wrong: { data: code('mail', mailed), errors: { code: { key: 'factors.code.wrong' } } },
    older: { data: code('sms'), errors: { code: { key: 'factors.code.older' } } },
    expired: { data: code('sms'), errors: { code: { key: 'factors.code.expired' } } },
    usedUp: { data: code('sms'), errors: { code: { key: 'factors.code.used-up' } } },
    clock: {
      data: code('authenticator'),
      errors: { code: { key: 'factors.authenticator.skew', params: { minutes: 3, direction: 'behind' } } },
    },
    wrongBackup: {
      data: code('backupCode', { others: ['authenticator'] }),
      errors: { code: { key: 'factors.backup-code.wrong' } },
    },
    wait: { data: code('authenticator'), errors: { code: { key: 'sign-in.code.wait', params: wait } } },
    tooOften: { data: { ...code('mail', mailed), ...unsent('often') } },
    budget: { data: { ...code('sms', { others: ['backupCode'] }), ...unsent('budget') } },
    budgetAgain: {
      data: { ...code('sms'), ...unsent('budget') },
      errors: { '': { key: 'factors.unsent.budget', params: { seconds: 2400 } } },
    },
    otherCountry: { data: { ...code('sms', { others: ['backupCode'] }), ...unsent('country') } },
    sentAgain: { data: ({ t }) => ({ ...code('sms'), notice: t('onboarding.code.sent') }) },
  }),
  ...states(otherView, {
    choice: { data: { now: 'authenticator', ways: ['authenticator', 'sms', 'backupCode'] } },
    none: {
      data: { now: 'authenticator', ways: ['authenticator', 'sms', 'backupCode'] },
      errors: { way: { key: 'sign-in.other.none' } },
    },
    only: { data: { now: 'sms', ways: ['sms'] } },
  }),
  ...states(browserView, {
    first: { data: { action: '/sign-in/browser/voorbeeld' } },
    wrong: {
      data: { action: '/sign-in/browser/voorbeeld', values: { email: 'ab@voorbeeld.example' } },
      errors: { email: { key: 'sign-in.browser.wrong' } },
    },
  }),
  ...states(browserGoneView, {
    used: { data: { state: 'used' } },
    expired: { data: { state: 'expired' } },
    unknown: { data: { state: 'unknown' } },
  }),
  ...states(helpView, {
    first: {
      data: ({ tenant, modules }) =>
        tenant
          ? helpFor({ policy: tenant.policy, services: { modules } })
          : { by: 'email' as const, backupCode: true, mail: false, several: true },
    },
  }),
}
