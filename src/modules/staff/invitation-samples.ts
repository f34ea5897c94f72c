import { invitationPolicy } from '../activation/index.ts'
import { states, type Samples, type SampleContext } from '../../tenancy/samples.ts'
import type { Beside } from '../../platform/views/view.ts'
import { asked, type Asked } from '../activation/index.ts'
import type { Row, Verdict } from './list.ts'
import {
  listCheckView,
  listLeftView,
  listView,
  newCheckView,
  newView,
  type ListCheck,
  type NewCheck,
  type NewPerson,
} from './views.ts'

const nothingAsked: Asked = { birthDate: false, username: false, role: false, organisation: false, language: false }

function form({ tenant, language, t }: SampleContext): NewPerson & Beside {
  const policy = tenant?.policy
  return {
    asked: policy ? asked({ policy, person: null }) : nothingAsked,
    roles: policy?.roles.map(({ name, label }) => ({ value: name, text: label[language] })) ?? [],
    roleOptional: !policy?.of(invitationPolicy).rolesRequired,
    business: policy?.of(invitationPolicy).businessMailOnly ?? false,
    organisations: null,
    own: null,
    spoken: (policy?.languages ?? []).map((each) => ({ value: each, text: t(`shell.language.${each}`) })),
    values: { language },
  }
}

/** The last look before an invitation goes out. */
const lastLook = (more: Partial<NewCheck>) => ({
  layout: 'portal' as const,
  data: (context: SampleContext): NewCheck => ({
    asked: context.tenant ? asked({ policy: context.tenant.policy, person: null }) : nothingAsked,
    lifetime: context.tenant?.policy.links.activation ?? 'PT72H',
    role: 'Directie',
    typed: { name: 'Saskia Brouwer' },
    who: {
      name: 'Saskia Brouwer',
      email: 'saskia@voorbeeld.example',
      organisation: 'Bakkerij Voorbeeld',
      birthDate: '1974-04-09',
      role: 'director',
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
function rows(...verdicts: Verdict[]): { layout: 'portal'; data: ListCheck & Beside } {
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
        name: '',
        email: '',
        wrong: [],
        text: '',
        verdict,
        ...words[verdict],
      })),
    },
  }
}

/** The pages of inviting one person, or a list of them. */
export const invitationSamples: Samples = {
  ...states(listView, {
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
  }),
  ...states(listCheckView, {
    right: rows('new', 'again', 'active'),
    mistakes: {
      ...rows('new', 'wrong', 'again', 'active'),
      errors: { list: { key: 'staff.list.wrong', params: { wrong: 1 } } },
    },
    onlyMistakes: { ...rows('wrong'), errors: { list: { key: 'staff.list.wrong', params: { wrong: 1 } } } },
    tomorrow: { ...rows('new', 'again'), data: { ...rows('new', 'again').data, left: 1 } },
    held: { ...rows('new'), data: { ...rows('new').data, held: '2027-01-01' } },
  }),
  ...states(listLeftView, {
    some: { layout: 'portal', data: { rows: rows('wrong').data.rows, sent: 9, held: 2 } },
    all: { layout: 'portal', data: { rows: rows('wrong').data.rows, sent: 0, held: 0 } },
  }),
  ...states(newView, {
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
  }),
  ...states(newCheckView, {
    first: lastLook({}),
    again: lastLook({ before: true }),
    newOrganisation: lastLook({ newOrganisation: true, similar: ['Bakkerij Bol', 'Bakkerij Bos'] }),
    held: lastLook({ held: '2027-01-01' }),
  }),
}
