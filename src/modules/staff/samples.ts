import { sampleSections, states, type Samples, type SampleContext } from '../../tenancy/samples.ts'
import type { Beside } from '../../platform/views/view.ts'
import type { RequestShown } from '../recovery/index.ts'
import { filters } from './filters.ts'
import type { PersonInFull, State, Why } from './person.ts'
import { invitationSamples } from './invitation-samples.ts'
import {
  checkView,
  peopleView,
  personView,
  resetCheckView,
  resetsView,
  type Checked,
  type LastLook,
  type People,
  type PersonPage,
  type ResetCheck,
} from './views.ts'

const id = '00000000-0000-4000-8000-000000000001'
const day = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000)

const person = (at: Date, name: string, state: State, why: Why[], more: Partial<PersonInFull> = {}): PersonInFull => ({
  id,
  name,
  email: `${name.split(' ')[0]?.toLowerCase()}@voorbeeld.example`,
  username: null,
  kind: 'client',
  role: null,
  organisation: null,
  language: 'nl',
  state,
  why,
  invitedAt: day(at, -2),
  expiresAt: day(at, 1),
  activatedAt: null,
  lastSignInAt: null,
  secondStep: false,
  confusable: false,
  ...more,
})

/** One of each, in the order of the list. */
const everyone = (at: Date): PersonInFull[] => [
  person(at, 'Bram Mos', 'invited', [
    { key: 'mailFailed', at: day(at, -1) },
    { key: 'invited', at: day(at, -2), until: day(at, 1) },
  ]),
  person(at, 'Dirk Bos', 'active', [{ key: 'mailFails', at: day(at, -3) }], {
    activatedAt: day(at, -90),
    lastSignInAt: day(at, -20),
  }),
  person(at, 'Els Kok', 'invited', [
    { key: 'mailFailsNew', at: day(at, -1) },
    { key: 'invited', at: day(at, -2), until: day(at, 1) },
  ]),
  person(at, 'Fatima Yilmaz', 'refused', [{ key: 'refused', at: day(at, -1) }]),
  person(at, 'Henk Oud', 'expired', [{ key: 'expired', at: day(at, -4) }], { organisation: 'Bakkerij Voorbeeld' }),
  person(at, 'Iris Berg', 'opened', [{ key: 'step', at: day(at, -1), step: 'staff.step.authenticator' }]),
  person(at, 'Joris Kant', 'opened', [{ key: 'opened', at: day(at, -1) }]),
  person(at, 'Karin Vos', 'invited', [{ key: 'invited', at: day(at, -2), until: day(at, 1) }]),
  person(at, 'Leo Smit', 'new', [{ key: 'new', at: null }], { invitedAt: null }),
  person(at, 'Mila Dam', 'blocked', [{ key: 'blocked', at: day(at, -9) }], {
    activatedAt: day(at, -90),
    lastSignInAt: day(at, -10),
  }),
  person(at, 'Nico Prins', 'withdrawn', [{ key: 'withdrawn', at: day(at, -1) }]),
  person(at, 'Sanne de Wit', 'active', [], {
    activatedAt: day(at, -90),
    lastSignInAt: day(at, -1),
    secondStep: true,
    kind: 'staff',
    username: 'sanne.de.wit',
    role: 'Directie',
    organisation: 'Bakkerij Voorbeeld',
  }),
]

const list = (more: Partial<People> & Beside, few = false) => ({
  layout: 'portal' as const,
  data: ({ at }: SampleContext): People & Beside => {
    const people = few
      ? []
      : everyone(at).filter(({ why }) => !('show' in more) || why.some(({ key }) => key.startsWith('mailFails')))
    return {
      people,
      total: people.length,
      over: false,
      page: 1,
      more: false,
      search: '',
      previous: null,
      next: null,
      mailFails: 0,
      requests: 0,
      show: 'all',
      sort: 'attention',
      filters,
      sorted: {
        attention: '/staff/people',
        name: '/staff/people?sort=name',
        lastSignIn: '/staff/people?sort=lastSignIn',
      },
      ...more,
    }
  },
})
const named = (at: Date, name: string): PersonInFull =>
  everyone(at).find((each) => each.name === name) ?? person(at, name, 'invited', [])
const shown = (name: string, more: Partial<PersonPage> = {}) => ({
  layout: 'portal' as const,
  data: ({ at, modules }: SampleContext): PersonPage => ({
    ...named(at, name),
    staff: true,
    open: !named(at, name).activatedAt,
    again: null,
    sections: sampleSections({ at, modules }, 'person'),
    acts: [],
    action: `/staff/people/${id}`,
    ...more,
  }),
})
const check = (name: string, act: Checked, sessions = 0) => ({
  layout: 'portal' as const,
  data: ({ at }: SampleContext): LastLook => ({
    ...named(at, name),
    act,
    sessions,
    lifetime: 'PT72H',
    back: `/staff/people/${id}`,
    action: `/staff/people/${id}/${act}`,
  }),
})

const request = (
  at: Date,
  name: string,
  state: RequestShown['state'],
  more: Partial<RequestShown> = {},
): RequestShown => ({
  id,
  accountId: id,
  name,
  kind: 'number',
  state,
  askedAt: day(at, -1),
  dueAt: null,
  endedAt: null,
  releases: [],
  own: false,
  mine: false,
  adminOnly: false,
  ...more,
})
const yes = (at: Date) => [{ name: 'Ab Post', at: day(at, -0.5) }]
const requests = (few = false) => ({
  layout: 'portal' as const,
  data: ({ at }: SampleContext) => ({
    requests: few
      ? []
      : [
          request(at, 'Carla Vos', 'waiting', { dueAt: day(at, 0.2) }),
          request(at, 'Bram Mos', 'asked', { kind: 'link' }),
          request(at, 'Els Baas', 'asked', { adminOnly: true }),
          request(at, 'Henk Oud', 'half', { kind: 'link', releases: yes(at), mine: true }),
          request(at, 'Sanne de Wit', 'asked', { kind: 'link', own: true }),
          request(at, 'Leo Smit', 'done', { releases: yes(at), endedAt: day(at, -2) }),
          request(at, 'Mila Dam', 'cancelled', { endedAt: day(at, -3) }),
        ],
  }),
})

/** The last look before one of them is released or stopped. */
const resetCheck = (name: string, act: ResetCheck['act'], last = false) => ({
  layout: 'portal' as const,
  data: ({ at }: SampleContext): ResetCheck => ({
    name,
    act,
    last,
    person: person(at, name, 'active', [], { organisation: 'Bakkerij Voorbeeld', lastSignInAt: day(at, -40) }),
    request: request(at, name, 'asked', {
      kind: last ? 'link' : 'number',
      dueAt: name === 'Carla Vos' ? day(at, 0.2) : null,
      releases: last ? yes(at) : [],
    }),
  }),
})

/** The pages for the firm's own people. */
export const samples: Samples = {
  ...states(peopleView, {
    everyone: list({}),
    pages: list({ total: 5000, more: true, previous: '/staff/people?page=1', next: '/staff/people?page=3' }),
    searched: list({ search: 'voorbeeld', values: { search: 'voorbeeld' } }),
    nobodyFound: list({ search: 'xyz', values: { search: 'xyz' } }, true),
    nobody: list({}, true),
    requests: list({ requests: 2 }),
    mailFails: list({ mailFails: 2 }),
    onlyMailFails: list({ show: 'mail', values: { show: 'mail' } }),
    onlyStuck: list({ show: 'stuck', values: { show: 'stuck' } }),
    noMailFails: list({ show: 'mail', values: { show: 'mail' } }, true),
    byName: list({ sort: 'name' }),
    lastComesFirst: list({
      sort: 'lastSignIn',
      search: 'voorbeeld',
      show: 'active',
      values: { search: 'voorbeeld', show: 'active' },
    }),
  }),
  ...states(resetsView, {
    some: requests(),
    none: requests(true),
    twice: { ...requests(), errors: { '': { key: 'staff.resets.twice' } } },
  }),
  ...states(resetCheckView, {
    first: resetCheck('Bram Mos', 'release'),
    second: resetCheck('Henk Oud', 'release', true),
    waiting: resetCheck('Carla Vos', 'release'),
    refusal: resetCheck('Bram Mos', 'refusal'),
  }),
  ...invitationSamples,
  ...states(checkView, {
    invitation: check('Henk Oud', 'invitation'),
    firstInvitation: check('Leo Smit', 'invitation'),
    reset: check('Sanne de Wit', 'reset', 2),
    resetMailFails: check('Dirk Bos', 'reset'),
    block: check('Sanne de Wit', 'block', 1),
    unblock: check('Mila Dam', 'unblock'),
    withdrawal: check('Karin Vos', 'withdrawal'),
  }),
  ...states(personView, {
    invited: shown('Karin Vos', { again: 42 }),
    tooOften: {
      ...shown('Karin Vos', { again: 2400 }),
      errors: { '': { key: 'staff.invite.often', params: { seconds: 2400 } } },
    },
    adminOnly: shown('Karin Vos', { open: false, kind: 'admin' }),
    mailFailed: shown('Bram Mos', { confusable: true }),
    mailFails: shown('Dirk Bos', { acts: ['reset', 'block'] }),
    mailFailsNew: shown('Els Kok'),
    refused: shown('Fatima Yilmaz'),
    underWay: shown('Iris Berg'),
    withdrawn: shown('Nico Prins'),
    neverInvited: shown('Leo Smit'),
    active: shown('Sanne de Wit', { acts: ['reset', 'block'] }),
    blocked: shown('Mila Dam', { acts: ['unblock'] }),
    asClient: shown('Joris Kant', { staff: false }),
    tooLate: { ...shown('Sanne de Wit'), errors: { '': { key: 'staff.person.alreadyActive' } } },
  }),
}
