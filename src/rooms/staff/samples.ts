import type { Sample, Samples, SampleVisit } from '../../tenancy/samples.ts'
import { asked } from '../activation/index.ts'
import type { RequestShown } from '../recovery/index.ts'
import type { PersonShown, State, Why } from './person.ts'

const id = '00000000-0000-4000-8000-000000000001'
const day = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000)

const person = (at: Date, name: string, state: State, why: Why[], more: Partial<PersonShown> = {}): PersonShown => ({
  id, name, email: `${name.split(' ')[0]?.toLowerCase()}@voorbeeld.example`, username: null, kind: 'client', role: null, organisation: null, language: 'nl',
  state, why, invitedAt: day(at, -2), expiresAt: day(at, 1), activatedAt: null, lastSignInAt: null, secondStep: false, confusable: false, ...more })

/** One of each, in the order of the list. */
const everyone = (at: Date): PersonShown[] => [
  person(at, 'Bram Mos', 'invited', [{ key: 'mailFailed', at: day(at, -1) }, { key: 'invited', at: day(at, -2), until: day(at, 1) }]),
  person(at, 'Dirk Bos', 'active', [{ key: 'mailFails', at: day(at, -3) }], { activatedAt: day(at, -90), lastSignInAt: day(at, -20) }),
  person(at, 'Els Kok', 'invited', [{ key: 'mailFailsNew', at: day(at, -1) }, { key: 'invited', at: day(at, -2), until: day(at, 1) }]),
  person(at, 'Fatima Yilmaz', 'refused', [{ key: 'refused', at: day(at, -1) }]),
  person(at, 'Henk Oud', 'expired', [{ key: 'expired', at: day(at, -4) }], { organisation: 'Bakkerij Voorbeeld' }),
  person(at, 'Iris Berg', 'opened', [{ key: 'step', at: day(at, -1), step: 'authenticator' }]),
  person(at, 'Joris Kant', 'opened', [{ key: 'opened', at: day(at, -1) }]),
  person(at, 'Karin Vos', 'invited', [{ key: 'invited', at: day(at, -2), until: day(at, 1) }]),
  person(at, 'Leo Smit', 'new', [{ key: 'new', at: null }], { invitedAt: null }),
  person(at, 'Mila Dam', 'blocked', [{ key: 'blocked', at: day(at, -9) }], { activatedAt: day(at, -90), lastSignInAt: day(at, -10) }),
  person(at, 'Nico Prins', 'withdrawn', [{ key: 'withdrawn', at: day(at, -1) }]),
  person(at, 'Sanne de Wit', 'active', [], { activatedAt: day(at, -90), lastSignInAt: day(at, -1), secondStep: true, kind: 'staff', username: 'sanne.de.wit', role: 'Directie', organisation: 'Bakkerij Voorbeeld' }),
]

const list = (more: object, few = false): Sample => ({ layout: 'portal', data: ({ at }) => {
  const people = few ? [] : everyone(at).filter(({ why }) => !('share' in more) || why.some(({ key }) => key.startsWith('mailFails')))
  return { people, total: people.length, page: 1, more: false, search: '', previous: null, next: null, ...more }
} })
const shown = (name: string, more: object = {}): Sample => ({ layout: 'portal', data: ({ at }) =>
  ({ ...everyone(at).find((each) => each.name === name), staff: true, open: !everyone(at).find((each) => each.name === name)?.activatedAt, again: null, action: `/staff/people/${id}`, ...more }) })
const check = (name: string, act: string, sessions = 0): Sample => shown(name, { act, sessions, back: `/staff/people/${id}`, action: `/staff/people/${id}/${act}` })

function form({ tenant, language, t }: SampleVisit): object {
  const policy = tenant?.policy
  return { asked: policy ? asked({ policy, person: null }) : {}, roles: policy?.roles.map(({ name, label }) => ({ value: name, text: label[language] })) ?? [],
    roleOptional: !policy?.invitation.rolesRequired, business: policy?.invitation.businessMailOnly ?? false, lifetime: policy?.links.activation ?? 'PT72H',
    spoken: (policy?.languages ?? []).map((each) => ({ value: each, text: t(`shell.language.${each}`) })), values: { language } }
}

const request = (at: Date, name: string, state: RequestShown['state'], more: Partial<RequestShown> = {}): RequestShown => ({ id, accountId: id, name, kind: 'number', state,
  askedAt: day(at, -1), dueAt: null, endedAt: null, releases: [], own: false, mine: false, ...more })
const yes = (at: Date) => [{ name: 'Ab Post', at: day(at, -0.5) }]
const requests = (few = false): Sample => ({ layout: 'portal', data: ({ at }) => ({ requests: few ? [] : [
  request(at, 'Carla Vos', 'waiting', { dueAt: day(at, 0.2) }),
  request(at, 'Bram Mos', 'asked', { kind: 'link' }),
  request(at, 'Henk Oud', 'half', { kind: 'link', releases: yes(at), mine: true }),
  request(at, 'Sanne de Wit', 'asked', { kind: 'link', own: true }),
  request(at, 'Leo Smit', 'done', { releases: yes(at), endedAt: day(at, -2) }),
  request(at, 'Mila Dam', 'cancelled', { endedAt: day(at, -3) }),
] }) })

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
    onlyMailFails: list({ share: 'mail' }),
    onlyStuck: list({ share: 'stuck' }),
    noMailFails: list({ share: 'mail' }, true),
  },
  resets: {
    some: requests(),
    none: requests(true),
    twice: { ...requests(), errors: { '': { key: 'staff.resets.twice' } } },
  },
  list: {
    first: { layout: 'portal', data: { most: 200, asked: { birthDate: true, role: true, organisation: true, username: true }, roles: ['director', 'bookkeeper'] } },
    none: { layout: 'portal', data: { most: 200, asked: { birthDate: false, role: false, organisation: true, username: false }, roles: [] }, errors: { file: { key: 'staff.list.none' } } },
  },
  'list-wrong': {
    wrong: { layout: 'portal', data: { total: 12, rows: [{ line: 4, name: 'Bram Mos', email: 'bram@', wrong: ['Het e-mailadres klopt niet.'] }] }, errors: { '': { key: 'staff.list.wrong', params: { wrong: 1 } } } },
    partly: { layout: 'portal', data: { total: 12, sent: 9, held: 2, rows: [{ line: 4, name: 'Bram Mos', email: 'bram@voorbeeld.example', wrong: ['Dit account is al actief.'] }] } },
  },
  'list-check': {
    tomorrow: { layout: 'portal', data: { list: 'naam,e-mailadres', left: 1, rows: [{ line: 2, name: 'Bram Mos', email: 'bram@voorbeeld.example', wrong: [] }, { line: 3, name: 'Iris Berg', email: 'iris@voorbeeld.example', wrong: [] }] } },
    two: { layout: 'portal', data: { list: 'naam,e-mailadres', left: 1000, rows: [{ line: 2, name: 'Bram Mos', email: 'bram@voorbeeld.example', wrong: [] }, { line: 3, name: 'Iris Berg', email: 'iris@voorbeeld.example', wrong: [] }] } },
  },
  new: {
    empty: { layout: 'portal', data: form },
    wrong: { layout: 'portal', data: (visit) => ({ ...form(visit), values: { name: '', email: 'sanne', 'birthDate-day': '31', 'birthDate-month': '4', 'birthDate-year': '1980' } }),
      errors: { name: { key: 'staff.invite.name-empty' }, email: { key: 'accounts.email.no-at' } } },
  },
  check: {
    reset: check('Sanne de Wit', 'reset', 2),
    resetMailFails: check('Dirk Bos', 'reset'),
    block: check('Sanne de Wit', 'block', 1),
    unblock: check('Mila Dam', 'unblock'),
    withdrawal: check('Karin Vos', 'withdrawal'),
  },
  person: {
    invited: shown('Karin Vos', { again: 42 }),
    tooOften: { ...shown('Karin Vos', { again: 2400 }), errors: { '': { key: 'staff.invite.often', params: { seconds: 2400 } } } },
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
