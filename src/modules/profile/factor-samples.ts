import { composedKey } from '../../platform/i18n/texts.ts'
import type { FieldErrors } from '../../platform/http/answer.ts'
import { backupPaperSample, ownFactors, type OwnItem } from '../../identity/factors/index.ts'
import { states, type Samples, type SampleContext } from '../../tenancy/samples.ts'
import { deviceWords } from '../../identity/sessions/index.ts'
import type { RemovalState } from './removal.ts'
import { agents, at, id, inside } from './sample-parts.ts'
import {
  appNewView,
  approverJoinView,
  backupCodeView,
  ownListView,
  ownNameView,
  ownRemoveView,
  passkeyNewView,
  phoneRemoveView,
  type OwnListData,
} from './views.ts'

const app = {
  replaces: null,
  action: '/profile/apps/new',
  key: 'ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567',
  address: 'otpauth://totp/Voorbeeld',
  picture: '/dev/qr.png',
  values: { name: 'App 2' },
}
const code = { ...backupPaperSample, nth: 1, since: at }
const phoneRemoval = { lastTwo: '78', allowed: true, last: false, backupCode: false }
const newPasskey = { options: '{}', values: { name: 'Firefox op Windows' } }
const joining = {
  join: {
    link: 'https://portaal.voorbeeld.example/approve/join/hBq0cW3yKz8m1VtXoE5nJd7uRs2LfPaGi6TbYw9QkMx',
    number: '47',
    until: at,
  },
  picture: '/dev/qr.png',
  look: '/profile/approvers/joined',
}
/** Of each factor of which somebody can have several, the states of its list and of its check page. */
const lists = ownFactors.flatMap(({ own }) => {
  if (!own) return []
  const items = ({ t }: SampleContext): OwnItem[] =>
    own.sample(at).map((each, nth) => ({ ...each, id: id(nth), name: deviceWords(t, agents[nth] ?? ''), since: at }))
  const address = `/profile/${own.list}`
  const list = (more: Partial<OwnListData> = {}) =>
    inside((context: SampleContext) => ({
      titleKey: composedKey(`profile.${own.list}.title`),
      words: own.list,
      address,
      anchor: own.anchor,
      picture: own.picture,
      most: own.most,
      items: items(context),
      acts: ['rename', ...own.acts, 'remove'],
      offers: true,
      adds: own.adds(items(context)),
      alone: context.tenant?.policy.signIn.passkey ?? false,
      ...more,
    }))
  const naming = (name: string, errors?: FieldErrors) =>
    inside(
      {
        titleKey: composedKey(`profile.${own.one}-name.title`),
        words: `${own.one}-name`,
        list: own.list,
        address,
        action: `${address}/x/name`,
        values: { name },
      },
      errors,
    )
  const removal = (more: Partial<RemovalState>, errors?: FieldErrors) =>
    inside(
      (context: SampleContext) => ({
        titleKey: composedKey(`profile.${own.one}-remove.title`),
        words: `${own.one}-remove`,
        one: own.one,
        list: own.list,
        address,
        action: `${address}/x/remove`,
        item: items(context)[0]!,
        allowed: true,
        last: false,
        backupCode: false,
        ...more,
      }),
      errors,
    )
  return [{ own, list, naming, removal }]
})
type OwnSample = (typeof lists)[number]
/** These states for each list, the list's name before them. */
const each = <S>(of: (sample: OwnSample) => Record<string, S>): Record<string, S> =>
  Object.fromEntries(
    lists.flatMap((sample) =>
      Object.entries(of(sample)).map(([state, shown]) => [`${sample.own.list}-${state}`, shown]),
    ),
  )

/** The pages about the ways of showing who one is. */
export const factorSamples: Samples = {
  ...states(
    ownListView,
    each(({ list, own }) => ({
      some: list(),
      none: list({ items: [], adds: own.adds([]) }),
      full: list({ adds: [] }),
      noMore: list({ adds: [], offers: false, acts: ['rename', 'remove'] }),
    })),
  ),
  ...states(
    ownNameView,
    each(({ naming }) => ({
      first: naming('Mijn telefoon'),
      empty: naming('', { name: { key: 'profile.called.empty' } }),
      long: naming('Mijn telefoon', { name: { key: 'profile.called.long', params: { most: 60 } } }),
    })),
  ),
  ...states(
    ownRemoveView,
    each(({ removal }) => ({
      first: removal({}),
      last: removal({ last: true }),
      lastWithBackupCode: removal({ last: true, backupCode: true }),
      refused: removal({ allowed: false, last: true }),
      tooLate: removal({ allowed: false, last: true }, { '': { key: 'profile.remove.refused' } }),
    })),
  ),
  ...states(appNewView, {
    add: inside(app),
    replace: inside({ ...app, replaces: 'Oude telefoon', titleKey: 'profile.app-new.replace' }),
    wrong: inside(app, { code: { key: 'factors.authenticator.wrong' } }),
    nameless: inside({ ...app, values: { name: '' } }, { name: { key: 'profile.called.empty' } }),
  }),
  ...states(phoneRemoveView, {
    first: inside(phoneRemoval),
    last: inside({ ...phoneRemoval, last: true }),
    refused: inside({ ...phoneRemoval, allowed: false, last: true }),
    tooLate: inside({ ...phoneRemoval, allowed: false, last: true }, { '': { key: 'profile.remove.refused' } }),
  }),
  ...states(passkeyNewView, {
    first: inside(newPasskey),
    wrong: inside(newPasskey, { passkey: { key: 'factors.passkey.wrongNew' } }),
    stale: inside(newPasskey, { passkey: { key: 'factors.passkey.stale' } }),
    most: inside(newPasskey, { passkey: { key: 'factors.passkey.most', params: { most: 10 } } }),
  }),
  ...states(approverJoinView, { first: inside(joining) }),
  ...states(backupCodeView, {
    first: inside({ ...code, since: null }),
    again: inside(code),
    notSaved: inside(code, { saved: { key: 'onboarding.backupCode.notSaved' } }),
    stale: inside(code, { '': { key: 'onboarding.stale' } }),
  }),
}
