import type { FieldErrors } from '../../platform/http/answer.ts'
import type { Sample, Samples, SampleContext } from '../../tenancy/samples.ts'
import { passwordRules } from '../../identity/accounts/index.ts'
import { deviceWords } from '../../identity/sessions/index.ts'
import { knownActions } from '../../identity/audit/index.ts'

const at = new Date('2026-11-12T18:04:00Z')
const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
  'a browser nobody knows',
]
const id = (nth: number) => `00000000-0000-4000-8000-00000000000${nth}`

/** A page inside the portal; with errors, the same page shown again. */
const inside = (data: Sample['data'], errors?: FieldErrors): Sample => ({
  layout: 'portal',
  data,
  ...(errors && { errors }),
})
/** A page from a mailed link. */
const outside = (data: Sample['data'], errors?: FieldErrors): Sample => ({ data, ...(errors && { errors }) })

const everything = {
  own: {
    name: 'Sanne de Wit',
    email: 'sanne@voorbeeld.example',
    username: 'sanne.dewit',
    passwordAt: at,
    appAt: at,
    apps: 2,
    passkeys: 2,
    approvers: 1,
    backupCodeAt: at,
    lastTwo: '78',
  },
  offered: { app: true, phone: true, passkey: true, approval: true, backupCode: true },
  strong: true,
  twoSteps: 'on',
  sessions: 3,
  computers: 2,
  spoken: true,
}
const nothingYet = {
  own: {
    name: 'Sanne de Wit',
    email: 'sanne@voorbeeld.example',
    username: null,
    passwordAt: at,
    appAt: null,
    apps: 0,
    passkeys: 0,
    approvers: 0,
    backupCodeAt: null,
    lastTwo: null,
  },
  offered: { app: true, phone: true, passkey: true, approval: true, backupCode: true },
  strong: false,
  twoSteps: 'off',
  sessions: 1,
  computers: 0,
  spoken: true,
}
const onlyPhone = {
  ...nothingYet,
  own: { ...nothingYet.own, lastTwo: '78' },
  offered: { app: false, phone: true, passkey: false, approval: false, backupCode: false },
  strong: true,
  twoSteps: 'on',
  computers: null,
  spoken: false,
}
const byMail = { ...nothingYet, offered: { ...onlyPhone.offered, app: true, phone: false }, twoSteps: 'mail' }
const offeredNoMore = {
  ...onlyPhone,
  own: { ...onlyPhone.own, apps: 1, appAt: at },
  offered: { ...onlyPhone.offered, phone: false, passkey: true, backupCode: true },
}

const password = ({ tenant, t }: SampleContext) => ({
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
})

const email = { now: 'sanne@voorbeeld.example', lifetime: 'PT24H' }
const app = {
  replaces: null,
  action: '/profile/apps/new',
  key: 'ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567',
  address: 'otpauth://totp/Voorbeeld',
  picture: '/dev/qr.png',
  values: { name: 'App 2' },
}
const apps = ['App', 'Telefoon van het werk', 'Tablet thuis', 'Oude telefoon', 'App van Sanne'].map((name, nth) => ({
  id: id(nth),
  name,
  since: at,
}))
const appName = { action: '/profile/apps/x/name', values: { name: 'App' } }
const appRemoval = { action: '/profile/apps/x/remove', app: apps[1], allowed: true, last: false, backupCode: false }
const code = {
  paper: {
    name: 'Sanne de Wit',
    identifier: 'sanne.dewit',
    address: 'portaal.voorbeeld.example',
    at: Temporal.Instant.from('2026-11-12T18:00:00Z'),
  },
  code: 'A1B2C-D3E4F-G5H6J-K7M8N',
  nth: 1,
  since: at,
  file: 'voorbeeld-backup-code.txt',
}
const phoneRemoval = { lastTwo: '78', allowed: true, last: false, backupCode: false }
const passkey =
  (nth: number) =>
  ({ t }: SampleContext) => ({
    id: id(nth),
    name: deviceWords(t, agents[nth] ?? ''),
    synced: nth === 1,
    createdAt: at,
    usedAt: nth ? at : null,
  })
const passkeys =
  (count: number, room = true) =>
  (context: SampleContext) => ({
    passkeys: Array.from({ length: count }, (_, nth) => passkey(nth)(context)),
    most: 10,
    room,
    alone: context.tenant?.policy.signIn.passkey ?? false,
  })
const newPasskey = { options: '{}', values: { name: 'Firefox op Windows' } }
const passkeyName = { action: '/profile/passkeys/x/name', values: { name: 'Mijn telefoon' } }
const passkeyRemoval = (more: object) => (context: SampleContext) => ({
  action: '/profile/passkeys/x/remove',
  passkey: passkey(1)(context),
  allowed: true,
  last: false,
  backupCode: false,
  ...more,
})
const approver =
  (nth: number) =>
  ({ t }: SampleContext) => ({
    id: id(nth),
    name: deviceWords(t, agents[nth] ?? ''),
    since: at,
    usedAt: nth ? null : at,
    wakes: nth === 0,
    here: nth === 0,
    asleep: nth === 2,
  })
const approvers =
  (count: number, more: object = {}) =>
  (context: SampleContext) => ({
    devices: Array.from({ length: count }, (_, nth) => approver(nth)(context)),
    most: 10,
    room: true,
    push: false,
    here: count > 0,
    ...more,
  })
const joining = {
  join: {
    link: 'https://portaal.voorbeeld.example/approve/join/hBq0cW3yKz8m1VtXoE5nJd7uRs2LfPaGi6TbYw9QkMx',
    number: '47',
    until: at,
  },
  picture: '/dev/qr.png',
  look: '/profile/approvers/joined',
}
const approverName = { action: '/profile/approvers/x/name', values: { name: 'Mijn telefoon' } }
const approverRemoval = (more: object) => (context: SampleContext) => ({
  action: '/profile/approvers/x/remove',
  device: approver(1)(context),
  allowed: true,
  last: false,
  backupCode: false,
  ...more,
})
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
  (keys: string[], more: object = {}) =>
  ({ t }: SampleContext) => ({
    previous: null,
    next: null,
    ...more,
    lines: keys.map((key, nth) => ({
      at,
      key,
      step: 'other',
      refused: nth % 7 === 3,
      mine: nth % 5 !== 4,
      device: nth % 5 === 4 ? null : deviceWords(t, agents[nth % 3] ?? ''),
      network: nth % 5 === 4 ? null : '192.0.2.7',
    })),
  })
const gone = (...states: string[]): Record<string, Sample> =>
  Object.fromEntries(states.map((state) => [state, outside({ state })]))

/** The pages of "Mijn gegevens", each in every state. */
export const samples: Samples = {
  overview: {
    everything: inside(everything),
    nothingYet: inside(nothingYet),
    onlyPhone: inside(onlyPhone),
    byMail: inside(byMail),
    offeredNoMore: inside(offeredNoMore),
    changed: inside(({ t }) => ({ ...everything, notice: t('profile.done.password') })),
  },
  name: {
    first: inside({ values: { name: 'Sanne de Wit' } }),
    empty: inside({ values: { name: '' } }, { name: { key: 'profile.name.empty' } }),
    address: inside({ values: { name: 'Kijk op www.voorbeeld.example' } }, { name: { key: 'accounts.name.address' } }),
    long: inside(
      { values: { name: 'Sanne de Wit' } },
      { name: { key: 'accounts.name.too-long', params: { maximum: 100 } } },
    ),
  },
  language: {
    first: inside({ values: { language: 'nl' }, spoken: ['nl', 'en'] }),
    none: inside({ spoken: ['nl', 'en'] }, { language: { key: 'profile.language.none' } }),
  },
  password: {
    first: inside(password),
    empty: inside(password, {
      current: { key: 'profile.password.currentEmpty' },
      password: { key: 'onboarding.password.empty' },
    }),
    currentWrong: inside(password, { current: { key: 'step-up.password.wrong' } }),
    same: inside(password, { password: { key: 'profile.password.same' } }),
    wait: inside(password, { current: { key: 'step-up.wait', params: { seconds: 540 } } }),
  },
  email: {
    first: inside(email),
    wrong: inside({ ...email, values: { email: 'sanne' } }, { email: { key: 'accounts.email.no-at' } }),
    same: inside({ ...email, values: { email: email.now } }, { email: { key: 'profile.email.same' } }),
    free: inside({ ...email, values: { email: 'sanne@gratis.example' } }, { email: { key: 'profile.email.free' } }),
  },
  'email-sent': { first: inside({ ...email, next: null }), again: inside({ ...email, next: 42 }) },
  'email-confirm': {
    signedIn: inside({ action: '/profile/email/x', email: 'sanne@nieuw.example' }),
    elsewhere: outside({ action: '/profile/email/x', email: 'sanne@nieuw.example' }),
    wrong: outside(
      { action: '/profile/email/x', email: 'sanne@nieuw.example' },
      { password: { key: 'step-up.password.wrong' } },
    ),
  },
  'email-gone': gone('used', 'expired', 'replaced', 'taken', 'unknown'),
  phone: {
    change: inside(phone),
    add: inside({ lastTwo: null, removable: false }),
    landline: inside({ ...phone, values: { phone: '030 1234567' } }, { phone: { key: 'accounts.phone.landline' } }),
    same: inside(phone, { phone: { key: 'profile.phone.same' } }),
  },
  'phone-code': {
    first: inside({ lastTwo: '78', lifetime: 'PT10M', next: null }),
    wrong: inside({ lastTwo: '78', lifetime: 'PT10M', next: null }, { code: { key: 'factors.code.wrong' } }),
    wait: inside(
      { lastTwo: '78', lifetime: 'PT10M', next: null },
      { code: { key: 'factors.unsent.recent', params: { seconds: 42 } } },
    ),
  },
  apps: {
    two: inside({ apps: apps.slice(0, 2), offers: true, most: 5, room: true }),
    none: inside({ apps: [], offers: true, most: 5, room: true }),
    full: inside({ apps, offers: true, most: 5, room: false }),
    noMore: inside({ apps: apps.slice(0, 1), offers: false, most: 5, room: false }),
  },
  'app-new': {
    add: inside(app),
    replace: inside({ ...app, replaces: 'Oude telefoon', titleKey: 'profile.app-new.replace' }),
    wrong: inside(app, { code: { key: 'factors.authenticator.wrong' } }),
    nameless: inside({ ...app, values: { name: '' } }, { name: { key: 'profile.called.empty' } }),
  },
  'app-name': {
    first: inside(appName),
    long: inside(appName, { name: { key: 'profile.called.long', params: { most: 60 } } }),
  },
  'app-remove': {
    first: inside(appRemoval),
    last: inside({ ...appRemoval, last: true }),
    lastWithBackupCode: inside({ ...appRemoval, last: true, backupCode: true }),
    refused: inside({ ...appRemoval, allowed: false, last: true }),
    tooLate: inside({ ...appRemoval, allowed: false, last: true }, { '': { key: 'profile.remove.refused' } }),
  },
  'phone-remove': {
    first: inside(phoneRemoval),
    last: inside({ ...phoneRemoval, last: true }),
    refused: inside({ ...phoneRemoval, allowed: false, last: true }),
    tooLate: inside({ ...phoneRemoval, allowed: false, last: true }, { '': { key: 'profile.remove.refused' } }),
  },
  passkeys: { two: inside(passkeys(2)), none: inside(passkeys(0)), full: inside(passkeys(3, false)) },
  'passkey-new': {
    first: inside(newPasskey),
    wrong: inside(newPasskey, { passkey: { key: 'factors.passkey.wrongNew' } }),
    stale: inside(newPasskey, { passkey: { key: 'factors.passkey.stale' } }),
    most: inside(newPasskey, { passkey: { key: 'factors.passkey.most', params: { most: 10 } } }),
  },
  'passkey-name': {
    first: inside(passkeyName),
    empty: inside({ ...passkeyName, values: { name: '' } }, { name: { key: 'profile.called.empty' } }),
    long: inside(passkeyName, { name: { key: 'profile.called.long', params: { most: 60 } } }),
  },
  'passkey-remove': {
    first: inside(passkeyRemoval({})),
    last: inside(passkeyRemoval({ last: true })),
    refused: inside(passkeyRemoval({ allowed: false })),
    tooLate: inside(passkeyRemoval({ allowed: false }), { '': { key: 'profile.remove.refused' } }),
  },
  approvers: {
    three: inside(approvers(3)),
    waking: inside(approvers(2, { push: true })),
    none: inside(approvers(0)),
    full: inside(approvers(2, { room: false })),
  },
  'approver-join': { first: inside(joining) },
  'approver-name': {
    first: inside(approverName),
    empty: inside({ ...approverName, values: { name: '' } }, { name: { key: 'profile.called.empty' } }),
    long: inside(approverName, { name: { key: 'profile.called.long', params: { most: 60 } } }),
  },
  'approver-remove': {
    first: inside(approverRemoval({})),
    last: inside(approverRemoval({ last: true })),
    refused: inside(approverRemoval({ allowed: false, last: true })),
  },
  'backup-code': {
    first: inside({ ...code, since: null }),
    again: inside(code),
    notSaved: inside(code, { saved: { key: 'onboarding.backupCode.notSaved' } }),
    stale: inside(code, { '': { key: 'onboarding.stale' } }),
  },
  sessions: { three: inside(sessions(3)), only: inside(sessions(1)) },
  computers: { two: inside(computers(2)), none: inside(computers(0)) },
  activity: {
    everything: inside(activity([...knownActions, 'other'])),
    pages: inside(
      activity(knownActions.slice(0, 4), { previous: '/profile/activity?page=1', next: '/profile/activity?page=3' }),
    ),
    none: inside(activity([])),
  },
  'not-me': {
    first: outside({ action: '/profile/not-me/x' }),
    wrong: outside(
      { action: '/profile/not-me/x', values: { email: 'ander@voorbeeld.example' } },
      { email: { key: 'profile.not-me.wrong' } },
    ),
  },
  'not-me-done': { first: outside({}) },
  'not-me-gone': gone('used', 'expired', 'replaced', 'unknown'),
}
