import type { Sample, Samples, SampleContext } from '../../tenancy/samples.ts'
import { invitationPolicy } from '../activation/index.ts'
import { asked } from '../activation/index.ts'
import type { RequestShown } from '../recovery/index.ts'
import type { Row, Verdict } from './list.ts'
import { filters } from './people.ts'
import type { PersonShown, State, Why } from './person.ts'

const id = '00000000-0000-4000-8000-000000000001'
const day = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000)

const person = (at: Date, name: string, state: State, why: Why[], more: Partial<PersonShown> = {}): PersonShown => ({
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
const everyone = (at: Date): PersonShown[] => [
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
  person(at, 'Iris Berg', 'opened', [{ key: 'step', at: day(at, -1), step: 'authenticator' }]),
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

const list = (more: object, few = false): Sample => ({
  layout: 'portal',
  data: ({ at }) => {
    const people = few
      ? []
      : everyone(at).filter(({ why }) => !('show' in more) || why.some(({ key }) => key.startsWith('mailFails')))
    return {
      people,
      total: people.length,
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
const shown = (name: string, more: object = {}): Sample => ({
  layout: 'portal',
  data: ({ at }) => ({
    ...everyone(at).find((each) => each.name === name),
    staff: true,
    lifetime: 'PT72H',
    open: !everyone(at).find((each) => each.name === name)?.activatedAt,
    again: null,
    acts: [],
    action: `/staff/people/${id}`,
    ...more,
  }),
})
const check = (name: string, act: string, sessions = 0): Sample =>
  shown(name, { act, sessions, back: `/staff/people/${id}`, action: `/staff/people/${id}/${act}` })

function form({ tenant, language, t }: SampleContext): object {
  const policy = tenant?.policy
  return {
    asked: policy ? asked({ policy, person: null }) : {},
    roles: policy?.roles.map(({ name, label }) => ({ value: name, text: label[language] })) ?? [],
    roleOptional: !policy?.of(invitationPolicy).rolesRequired,
    business: policy?.of(invitationPolicy).businessMailOnly ?? false,
    lifetime: policy?.links.activation ?? 'PT72H',
    organisations: null,
    own: null,
    spoken: (policy?.languages ?? []).map((each) => ({ value: each, text: t(`shell.language.${each}`) })),
    values: { language },
  }
}

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
const requests = (few = false): Sample => ({
  layout: 'portal',
  data: ({ at }) => ({
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
const resetCheck = (name: string, act: string, last = false): Sample => ({
  layout: 'portal',
  data: ({ at }) => ({
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

/** The last look before an invitation goes out. */
const lastLook = (more: object): Sample => ({
  layout: 'portal',
  data: (context) => ({
    asked: context.tenant ? asked({ policy: context.tenant.policy, person: null }) : {},
    lifetime: context.tenant?.policy.links.activation ?? 'PT72H',
    role: 'Directie',
    typed: { name: 'Saskia Brouwer' },
    who: {
      name: 'Saskia Brouwer',
      email: 'saskia@voorbeeld.example',
      organisation: 'Bakkerij Voorbeeld',
      birthDate: '1974-04-09',
      username: null,
      language: 'nl',
    },
    before: false,
    newOrganisation: false,
    similar: [],
    held: null,
    ...more,
  }),
})

const words: Record<Verdict, Partial<Row>> = {
  new: {
    name: 'Saskia Brouwer',
    email: 'saskia@voorbeeld.example',
    organisation: 'Bakkerij Voorbeld',
    newOrganisation: true,
  },
  again: { name: 'Iris Berg', email: 'iris@voorbeeld.example' },
  active: { name: 'Sanne de Wit', email: 'sanne@voorbeeld.example' },
  wrong: { name: 'Bram Mos', email: 'bram@', wrong: ['In het e-mailadres ontbreekt iets na het @-teken.'] },
}
/** A list as it was read, with a row of each of these. */
function rows(...verdicts: Verdict[]): Sample & { data: object } {
  const of = { new: 0, again: 0, active: 0, wrong: 0 }
  for (const verdict of verdicts) of[verdict]++
  const text = 'naam;e-mailadres\r\nBram Mos;bram@'
  return {
    layout: 'portal',
    data: {
      of,
      going: of.new + of.again,
      list: text,
      held: null,
      left: 1000,
      values: { list: text },
      rows: verdicts.map((verdict, at) => ({
        line: at + 2,
        organisation: null,
        newOrganisation: false,
        wrong: [],
        text: '',
        verdict,
        ...words[verdict],
      })),
    },
  }
}

/** The pages for the firm's own people. */
export const samples: Samples = {
  people: {
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
  },
  resets: {
    some: requests(),
    none: requests(true),
    twice: { ...requests(), errors: { '': { key: 'staff.resets.twice' } } },
  },
  'reset-check': {
    first: resetCheck('Bram Mos', 'release'),
    second: resetCheck('Henk Oud', 'release', true),
    waiting: resetCheck('Carla Vos', 'release'),
    refusal: resetCheck('Bram Mos', 'refusal'),
  },
  list: {
    first: {
      layout: 'portal',
      data: {
        most: 200,
        asked: { birthDate: true, role: true, organisation: true, username: true },
        roles: ['director', 'bookkeeper'],
      },
    },
    tooMany: {
      layout: 'portal',
      data: {
        most: 200,
        asked: { birthDate: false, role: false, organisation: true, username: false },
        roles: [],
        values: { list: 'naam;e-mailadres' },
      },
      errors: { list: { key: 'staff.list.tooMany', params: { most: 200 } } },
    },
    none: {
      layout: 'portal',
      data: { most: 200, asked: { birthDate: false, role: false, organisation: true, username: false }, roles: [] },
      errors: { file: { key: 'staff.list.none' } },
    },
  },
  'list-check': {
    right: rows('new', 'again', 'active'),
    mistakes: {
      ...rows('new', 'wrong', 'again', 'active'),
      errors: { list: { key: 'staff.list.wrong', params: { wrong: 1 } } },
    },
    onlyMistakes: { ...rows('wrong'), errors: { list: { key: 'staff.list.wrong', params: { wrong: 1 } } } },
    tomorrow: { ...rows('new', 'again'), data: { ...rows('new', 'again').data, left: 1 } },
    held: { ...rows('new'), data: { ...rows('new').data, held: '2027-01-01' } },
  },
  'list-left': {
    some: { layout: 'portal', data: { ...rows('wrong').data, sent: 9, held: 2 } },
    all: { layout: 'portal', data: { ...rows('wrong').data, sent: 0 } },
  },
  new: {
    empty: { layout: 'portal', data: form },
    wrong: {
      layout: 'portal',
      data: (context) => ({
        ...form(context),
        values: { name: '', email: 'sanne', 'birthDate-day': '31', 'birthDate-month': '4', 'birthDate-year': '1980' },
      }),
      errors: { name: { key: 'staff.invite.name-empty' }, email: { key: 'accounts.email.no-at' } },
    },
    organisations: {
      layout: 'portal',
      data: (context) => ({ ...form(context), organisations: ['Bakkerij Bol', 'De Molen'] }),
    },
    bothOrganisations: {
      layout: 'portal',
      data: (context) => ({
        ...form(context),
        organisations: ['Bakkerij Bol', 'De Molen'],
        values: { organisation: 'De Molen', newOrganisation: 'Molen BV' },
      }),
      errors: { newOrganisation: { key: 'staff.invite.organisation-both' } },
    },
    asClient: { layout: 'portal', data: (context) => ({ ...form(context), own: 'Bakkerij Bol' }) },
  },
  'new-check': {
    first: lastLook({}),
    again: lastLook({ before: true }),
    newOrganisation: lastLook({ newOrganisation: true, similar: ['Bakkerij Bol', 'Bakkerij Bos'] }),
    held: lastLook({ held: '2027-01-01' }),
  },
  check: {
    invitation: check('Henk Oud', 'invitation'),
    firstInvitation: check('Leo Smit', 'invitation'),
    reset: check('Sanne de Wit', 'reset', 2),
    resetMailFails: check('Dirk Bos', 'reset'),
    block: check('Sanne de Wit', 'block', 1),
    unblock: check('Mila Dam', 'unblock'),
    withdrawal: check('Karin Vos', 'withdrawal'),
  },
  person: {
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
  },
}
