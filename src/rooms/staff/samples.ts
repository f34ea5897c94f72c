import type { Sample, Samples, SampleVisit } from '../../tenancy/samples.ts'
import { asked } from '../activation/index.ts'
import type { PersonShown, State, Why } from './person.ts'

const id = '00000000-0000-4000-8000-000000000001'
const day = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000)

const person = (at: Date, name: string, state: State, why: Why[], more: Partial<PersonShown> = {}): PersonShown => ({
  id, name, email: `${name.split(' ')[0]?.toLowerCase()}@voorbeeld.example`, username: null, kind: 'client', role: null, organisation: null, language: 'nl',
  state, why, invitedAt: day(at, -2), expiresAt: day(at, 1), activatedAt: null, lastSignInAt: null, secondStep: false, confusable: false, ...more })

/** One of each, in the order of the list. */
const everyone = (at: Date): PersonShown[] => [
  person(at, 'Bram Mos', 'invited', [{ key: 'mailFailed', at: day(at, -1) }, { key: 'invited', at: day(at, -2), until: day(at, 1) }]),
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
  const people = few ? [] : everyone(at)
  return { people, total: people.length, page: 1, more: false, search: '', previous: null, next: null, ...more }
} })
const shown = (name: string, more: object = {}): Sample => ({ layout: 'portal', data: ({ at }) =>
  ({ ...everyone(at).find((each) => each.name === name), staff: true, action: `/staff/people/${id}`, ...more }) })

function form({ tenant, language, t }: SampleVisit): object {
  const policy = tenant?.policy
  return { asked: policy ? asked({ policy, person: null }) : {}, roles: policy?.roles.map(({ name, label }) => ({ value: name, text: label[language] })) ?? [],
    roleOptional: !policy?.invitation.rolesRequired, business: policy?.invitation.businessMailOnly ?? false, lifetime: policy?.links.activation ?? 'PT72H',
    spoken: (policy?.languages ?? []).map((each) => ({ value: each, text: t(`shell.language.${each}`) })), values: { language } }
}

/** The pages for the firm's own people. */
export const samples: Samples = {
  people: {
    everyone: list({}),
    pages: list({ total: 5000, more: true, previous: '/staff/people?page=1', next: '/staff/people?page=3' }),
    searched: list({ search: 'voorbeeld', values: { search: 'voorbeeld' } }),
    nobodyFound: list({ search: 'xyz', values: { search: 'xyz' } }, true),
    nobody: list({}, true),
  },
  new: {
    empty: { layout: 'portal', data: form },
    wrong: { layout: 'portal', data: (visit) => ({ ...form(visit), values: { name: '', email: 'sanne', 'birthDate-day': '31', 'birthDate-month': '4', 'birthDate-year': '1980' } }),
      errors: { name: { key: 'staff.invite.name-empty' }, email: { key: 'accounts.email.no-at' } } },
  },
  person: {
    invited: shown('Karin Vos'),
    mailFailed: shown('Bram Mos', { confusable: true }),
    refused: shown('Fatima Yilmaz'),
    underWay: shown('Iris Berg'),
    withdrawn: shown('Nico Prins'),
    neverInvited: shown('Leo Smit'),
    active: shown('Sanne de Wit'),
    asClient: shown('Joris Kant', { staff: false }),
    tooLate: { ...shown('Sanne de Wit'), errors: { '': { key: 'staff.person.alreadyActive' } } },
  },
}
