import type { FieldErrors } from '../../platform/http/answer.ts'
import { backupRow, listRow, ownFactors, phoneRow, type OwnRow } from '../../identity/factors/index.ts'
import { sampleSections, states, type Samples, type SampleContext } from '../../tenancy/samples.ts'
import { passwordSample } from '../../identity/passwords/index.ts'
import { deviceWords } from '../../identity/sessions/index.ts'
import { actionWords } from '../../identity/audit/index.ts'
import { factorSamples } from './factor-samples.ts'
import { agents, at, id, inside } from './sample-parts.ts'
import {
  activityView,
  computersView,
  emailConfirmView,
  emailGoneView,
  emailSentView,
  emailView,
  languageView,
  nameView,
  notMeDoneView,
  notMeGoneView,
  notMeView,
  overviewView,
  passwordView,
  phoneCodeView,
  phoneView,
  sessionsView,
  type Overview,
} from './views.ts'

/** A page from a mailed link. */
const outside = <Data extends object>(data: Data, errors?: FieldErrors) => ({ data, ...(errors && { errors }) })

/** The rows of the factors of which somebody can have several, of so many. */
const lists = (count: number, only?: string[]): OwnRow[] =>
  ownFactors.flatMap(({ own }) => (own && (!only || only.includes(own.list)) ? [listRow(own, count, at)] : []))
/** What the page itself knows. */
type Known = Omit<Overview, 'sections'>
const everything: Known = {
  own: { name: 'Sanne de Wit', email: 'sanne@voorbeeld.example', username: 'sanne.dewit', passwordAt: at },
  rows: [...lists(2), phoneRow('78', true), backupRow(at)],
  twoSteps: 'on',
  sessions: 3,
  computers: 2,
  spoken: true,
}
const nothingYet: Known = {
  own: { name: 'Sanne de Wit', email: 'sanne@voorbeeld.example', username: null, passwordAt: at },
  rows: [...lists(0), phoneRow(null, true)],
  twoSteps: 'off',
  sessions: 1,
  computers: 0,
  spoken: true,
}
const onlyPhone: Known = {
  ...nothingYet,
  rows: [phoneRow('78', true)],
  twoSteps: 'on',
  computers: null,
  spoken: false,
}
const byMail: Known = { ...nothingYet, rows: lists(0, ['apps']), twoSteps: 'mail' }
const offeredNoMore: Known = {
  ...onlyPhone,
  rows: [...lists(0, ['passkeys']), ...lists(1, ['apps']), phoneRow('78', false), backupRow(null)],
}
/** Beside it what all modules show. */
const withSections =
  (known: Known) =>
  (context: SampleContext): Overview => ({
    ...known,
    sections: sampleSections(context, 'profile'),
  })

const email = { now: 'sanne@voorbeeld.example', lifetime: 'PT24H' }
const phone = { lastTwo: '78', removable: true }
const sessions =
  (count: number) =>
  ({ t }: SampleContext) => ({
    sessions: agents.slice(0, count).map((agent, nth) => ({
      id: id(nth),
      device: deviceWords(t, agent),
      network: nth === 2 ? null : '192.0.2.7',
      startedAt: at,
      lastSeenAt: at,
      here: nth === 0,
    })),
  })
const computers =
  (count: number) =>
  ({ t }: SampleContext) => ({
    computers: agents
      .slice(0, count)
      .map((agent, nth) => ({ id: id(nth), device: deviceWords(t, agent), since: at, until: at, here: nth === 0 })),
  })
const activity =
  (most: number, more: { previous?: string; next?: string } = {}) =>
  ({ t, modules }: SampleContext) => ({
    previous: null,
    next: null,
    ...more,
    lines: [...modules.auditActions.keys(), 'of an earlier release'].slice(0, most).map((action, nth) => ({
      at,
      text: actionWords(modules, t, { action }),
      refused: nth % 7 === 3,
      mine: nth % 5 !== 4,
      device: nth % 5 === 4 ? null : deviceWords(t, agents[nth % 3] ?? ''),
      network: nth % 5 === 4 ? null : '192.0.2.7',
    })),
  })
const gone = <State extends string>(...all: State[]) =>
  Object.fromEntries(all.map((state) => [state, outside({ state })]))

/** The pages of "Mijn gegevens", each in every state. */
export const samples: Samples = {
  ...states(overviewView, {
    everything: inside(withSections(everything)),
    nothingYet: inside({ ...nothingYet, sections: [] }),
    onlyPhone: inside(withSections(onlyPhone)),
    byMail: inside(withSections(byMail)),
    offeredNoMore: inside(withSections(offeredNoMore)),
    changed: inside((context: SampleContext) => ({
      ...withSections(everything)(context),
      notice: context.t('profile.done.password'),
    })),
  }),
  ...states(nameView, {
    first: inside({ values: { name: 'Sanne de Wit' } }),
    empty: inside({ values: { name: '' } }, { name: { key: 'profile.name.empty' } }),
    address: inside({ values: { name: 'Kijk op www.voorbeeld.example' } }, { name: { key: 'accounts.name.address' } }),
    long: inside(
      { values: { name: 'Sanne de Wit' } },
      { name: { key: 'accounts.name.too-long', params: { maximum: 100 } } },
    ),
  }),
  ...states(languageView, {
    first: inside({ values: { language: 'nl' }, spoken: ['nl', 'en'] }),
    none: inside({ spoken: ['nl', 'en'] }, { language: { key: 'profile.language.none' } }),
  }),
  ...states(passwordView, {
    first: inside(passwordSample),
    empty: inside(passwordSample, {
      current: { key: 'profile.password.currentEmpty' },
      password: { key: 'onboarding.password.empty' },
    }),
    currentWrong: inside(passwordSample, { current: { key: 'step-up.password.wrong' } }),
    same: inside(passwordSample, { password: { key: 'profile.password.same' } }),
    wait: inside(passwordSample, { current: { key: 'step-up.wait', params: { seconds: 540 } } }),
  }),
  ...states(emailView, {
    first: inside(email),
    wrong: inside({ ...email, values: { email: 'sanne' } }, { email: { key: 'accounts.email.no-at' } }),
    same: inside({ ...email, values: { email: email.now } }, { email: { key: 'profile.email.same' } }),
    free: inside({ ...email, values: { email: 'sanne@gratis.example' } }, { email: { key: 'profile.email.free' } }),
  }),
  ...states(emailSentView, { first: inside({ ...email, next: null }), again: inside({ ...email, next: 42 }) }),
  ...states(emailConfirmView, {
    signedIn: inside({ action: '/profile/email/x', email: 'sanne@nieuw.example' }),
    elsewhere: outside({ action: '/profile/email/x', email: 'sanne@nieuw.example' }),
    wrong: outside(
      { action: '/profile/email/x', email: 'sanne@nieuw.example' },
      { password: { key: 'step-up.password.wrong' } },
    ),
  }),
  ...states(emailGoneView, gone('used', 'expired', 'replaced', 'taken', 'unknown')),
  ...states(phoneView, {
    change: inside(phone),
    add: inside({ lastTwo: null, removable: false }),
    landline: inside({ ...phone, values: { phone: '030 1234567' } }, { phone: { key: 'accounts.phone.landline' } }),
    same: inside(phone, { phone: { key: 'profile.phone.same' } }),
  }),
  ...states(phoneCodeView, {
    first: inside({ lastTwo: '78', lifetime: 'PT10M', next: null }),
    wrong: inside({ lastTwo: '78', lifetime: 'PT10M', next: null }, { code: { key: 'factors.code.wrong' } }),
    wait: inside(
      { lastTwo: '78', lifetime: 'PT10M', next: null },
      { code: { key: 'factors.unsent.recent', params: { seconds: 42 } } },
    ),
  }),
  ...factorSamples,
  ...states(sessionsView, { three: inside(sessions(3)), only: inside(sessions(1)) }),
  ...states(computersView, { two: inside(computers(2)), none: inside(computers(0)) }),
  ...states(activityView, {
    everything: inside(activity(Infinity)),
    pages: inside(activity(4, { previous: '/profile/activity?page=1', next: '/profile/activity?page=3' })),
    none: inside(activity(0)),
  }),
  ...states(notMeView, {
    first: outside({ action: '/profile/not-me/x' }),
    wrong: outside(
      { action: '/profile/not-me/x', values: { email: 'ander@voorbeeld.example' } },
      { email: { key: 'profile.not-me.wrong' } },
    ),
  }),
  ...states(notMeDoneView, { first: outside({}) }),
  ...states(notMeGoneView, gone('used', 'expired', 'replaced', 'unknown')),
}
