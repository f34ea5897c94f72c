import { states, type Samples, type SampleContext } from '../../tenancy/samples.ts'
import { deviceWords } from '../../identity/sessions/index.ts'
import type { RemovalState } from './removal.ts'
import { agents, at, id, inside } from './sample-parts.ts'
import {
  appNameView,
  appNewView,
  appRemoveView,
  approverJoinView,
  approverNameView,
  approverRemoveView,
  approversView,
  appsView,
  backupCodeView,
  passkeyNameView,
  passkeyNewView,
  passkeyRemoveView,
  passkeysView,
  phoneRemoveView,
  type Approvers,
} from './views.ts'

const app = {
  replaces: null,
  action: '/profile/apps/new',
  key: 'ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567',
  address: 'otpauth://totp/Voorbeeld',
  picture: '/dev/qr.png',
  values: { name: 'App 2' },
}
const namedApp = (name: string, nth: number) => ({ id: id(nth), name, since: at })
const apps = ['App', 'Telefoon van het werk', 'Tablet thuis', 'Oude telefoon', 'App van Sanne'].map(namedApp)
const appName = { action: '/profile/apps/x/name', values: { name: 'App' } }
const appRemoval = {
  action: '/profile/apps/x/remove',
  app: namedApp('Telefoon van het werk', 1),
  allowed: true,
  last: false,
  backupCode: false,
}
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
const passkeyRemoval = (more: Partial<RemovalState>) => (context: SampleContext) => ({
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
  (count: number, more: Partial<Approvers> = {}) =>
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
const approverRemoval = (more: Partial<RemovalState>) => (context: SampleContext) => ({
  action: '/profile/approvers/x/remove',
  device: approver(1)(context),
  allowed: true,
  last: false,
  backupCode: false,
  ...more,
})

/** The pages about the ways of showing who one is. */
export const factorSamples: Samples = {
  ...states(appsView, {
    two: inside({ apps: apps.slice(0, 2), offers: true, most: 5, room: true }),
    none: inside({ apps: [], offers: true, most: 5, room: true }),
    full: inside({ apps, offers: true, most: 5, room: false }),
    noMore: inside({ apps: apps.slice(0, 1), offers: false, most: 5, room: false }),
  }),
  ...states(appNewView, {
    add: inside(app),
    replace: inside({ ...app, replaces: 'Oude telefoon', titleKey: 'profile.app-new.replace' }),
    wrong: inside(app, { code: { key: 'factors.authenticator.wrong' } }),
    nameless: inside({ ...app, values: { name: '' } }, { name: { key: 'profile.called.empty' } }),
  }),
  ...states(appNameView, {
    first: inside(appName),
    long: inside(appName, { name: { key: 'profile.called.long', params: { most: 60 } } }),
  }),
  ...states(appRemoveView, {
    first: inside(appRemoval),
    last: inside({ ...appRemoval, last: true }),
    lastWithBackupCode: inside({ ...appRemoval, last: true, backupCode: true }),
    refused: inside({ ...appRemoval, allowed: false, last: true }),
    tooLate: inside({ ...appRemoval, allowed: false, last: true }, { '': { key: 'profile.remove.refused' } }),
  }),
  ...states(phoneRemoveView, {
    first: inside(phoneRemoval),
    last: inside({ ...phoneRemoval, last: true }),
    refused: inside({ ...phoneRemoval, allowed: false, last: true }),
    tooLate: inside({ ...phoneRemoval, allowed: false, last: true }, { '': { key: 'profile.remove.refused' } }),
  }),
  ...states(passkeysView, { two: inside(passkeys(2)), none: inside(passkeys(0)), full: inside(passkeys(3, false)) }),
  ...states(passkeyNewView, {
    first: inside(newPasskey),
    wrong: inside(newPasskey, { passkey: { key: 'factors.passkey.wrongNew' } }),
    stale: inside(newPasskey, { passkey: { key: 'factors.passkey.stale' } }),
    most: inside(newPasskey, { passkey: { key: 'factors.passkey.most', params: { most: 10 } } }),
  }),
  ...states(passkeyNameView, {
    first: inside(passkeyName),
    empty: inside({ ...passkeyName, values: { name: '' } }, { name: { key: 'profile.called.empty' } }),
    long: inside(passkeyName, { name: { key: 'profile.called.long', params: { most: 60 } } }),
  }),
  ...states(passkeyRemoveView, {
    first: inside(passkeyRemoval({})),
    last: inside(passkeyRemoval({ last: true })),
    refused: inside(passkeyRemoval({ allowed: false })),
    tooLate: inside(passkeyRemoval({ allowed: false }), { '': { key: 'profile.remove.refused' } }),
  }),
  ...states(approversView, {
    three: inside(approvers(3)),
    waking: inside(approvers(2, { push: true })),
    none: inside(approvers(0)),
    full: inside(approvers(2, { room: false })),
  }),
  ...states(approverJoinView, { first: inside(joining) }),
  ...states(approverNameView, {
    first: inside(approverName),
    empty: inside({ ...approverName, values: { name: '' } }, { name: { key: 'profile.called.empty' } }),
    long: inside(approverName, { name: { key: 'profile.called.long', params: { most: 60 } } }),
  }),
  ...states(approverRemoveView, {
    first: inside(approverRemoval({})),
    last: inside(approverRemoval({ last: true })),
    refused: inside(approverRemoval({ allowed: false, last: true })),
  }),
  ...states(backupCodeView, {
    first: inside({ ...code, since: null }),
    again: inside(code),
    notSaved: inside(code, { saved: { key: 'onboarding.backupCode.notSaved' } }),
    stale: inside(code, { '': { key: 'onboarding.stale' } }),
  }),
}
