import { states, type Samples, type SampleContext } from '../../tenancy/samples.ts'
import { homePolicy, type HomeArrangement, type WidgetName } from './policy.ts'
import { frame, type WidgetData } from './registry.ts'
import { arranged } from './tabs.ts'
import { homeView, menuView, todoView, type HomePage } from './views.ts'

const who = { name: 'Sanne de Wit', organisation: null, role: null }
const day = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000)
const person = '/staff/people/00000000-0000-4000-8000-000000000001'

type Data = Partial<WidgetData>

/** What each widget's view shows when all is in order. */
const quiet = (at: Date): WidgetData => ({
  activity: { since: day(at, -9), lines: [], joined: [], more: 0, sees: false },
  health: { active: 97_012, invited: 312, stuck: 0, mailFails: 0, mail: 0, sms: 0, texts: false, stricter: null },
  information: {},
  mine: { email: 'sanne@voorbeeld.example', username: null },
  people: { counts: null },
  security: { safe: true, secondSteps: ['authenticator', 'backupCode'] },
  stuck: { rows: [], total: 0, more: false },
  todo: { tasks: [], staff: false },
})

/** What a client has to do, and what happened to their account. */
const client = (at: Date): Data => ({
  activity: {
    since: day(at, -9),
    joined: [],
    more: 0,
    sees: false,
    lines: [
      { key: 'signIn.password', at: day(at, -1), n: 3, refused: true, mine: true },
      { key: 'person.viewed', at: day(at, -2), n: 1, refused: false, mine: false },
    ],
  },
  mine: { email: 'sanne@voorbeeld.example', username: 'sanne.dewit' },
  security: { safe: false, secondSteps: ['mail'] },
  todo: {
    staff: false,
    tasks: [
      { key: 'mailFails', until: null, at: day(at, -3), href: '/profile/email' },
      { key: 'secondStep', until: '2027-01-01' },
      { key: 'finish', until: null, at: day(at, -4) },
    ],
  },
})

/** On their very first request. */
const first = (): Data => ({
  activity: { since: null, lines: [], joined: [], more: 0, sees: false },
  todo: { staff: false, tasks: [{ key: 'secondStep', until: null }] },
  security: { safe: false, secondSteps: [] },
})

/** A client who may invite colleagues. */
const director = (at: Date): Data => ({
  people: { counts: { active: 4, invited: 1 } },
  stuck: {
    rows: [
      {
        name: 'Henk Oud',
        organisation: null,
        href: person,
        waits: null,
        at: day(at, -4),
        why: [{ key: 'expired', at: day(at, -4) }],
      },
    ],
    total: 1,
    more: false,
  },
  todo: { staff: false, tasks: [{ key: 'expiring', until: null, name: 'Karin Vos', at: day(at, 0.4), href: person }] },
})

/** A busy morning at the firm. */
const busy = (at: Date): Data => ({
  activity: {
    since: day(at, -1),
    lines: [],
    joined: [{ name: 'Mila Dam', at: day(at, -0.2), href: person }],
    more: 4,
    sees: true,
  },
  health: {
    active: 97_012,
    invited: 312,
    stuck: 41,
    mailFails: 2,
    mail: 3,
    sms: 1,
    texts: true,
    stricter: { from: '2027-01-01', until: '2027-01-15' },
  },
  stuck: {
    total: 41,
    more: true,
    rows: [
      { name: 'Leo Smit', organisation: null, href: person, waits: 'given', at: day(at, -1), why: null },
      { name: 'Sanne de Wit', organisation: null, href: person, waits: 'own', at: day(at, -1), why: null },
      { name: 'Ab Post', organisation: null, href: person, waits: 'admin', at: day(at, -1), why: null },
      {
        name: 'Dirk Bos',
        organisation: 'Bakkerij Voorbeeld',
        href: person,
        waits: null,
        at: day(at, -3),
        why: [{ key: 'mailFails', at: day(at, -3) }],
      },
      {
        name: 'Bram Mos',
        organisation: null,
        href: person,
        waits: null,
        at: day(at, -1),
        why: [
          { key: 'mailFailed', at: day(at, -1) },
          { key: 'invited', at: day(at, -2), until: day(at, 1) },
        ],
      },
      {
        name: 'Els Kok',
        organisation: null,
        href: person,
        waits: null,
        at: day(at, -1),
        why: [{ key: 'mailFailsNew', at: day(at, -1) }],
      },
      {
        name: 'Fatima Yilmaz',
        organisation: null,
        href: person,
        waits: null,
        at: day(at, -1),
        why: [{ key: 'refused', at: day(at, -1) }],
      },
      {
        name: 'Henk Oud',
        organisation: 'Bakkerij Voorbeeld',
        href: person,
        waits: null,
        at: day(at, -4),
        why: [{ key: 'expired', at: day(at, -4) }],
      },
      {
        name: 'Iris Berg',
        organisation: null,
        href: person,
        waits: null,
        at: day(at, -2),
        why: [{ key: 'step', at: day(at, -2), step: 'authenticator' }],
      },
      {
        name: 'Joris Kant',
        organisation: null,
        href: person,
        waits: null,
        at: day(at, -2),
        why: [{ key: 'opened', at: day(at, -2) }],
      },
    ],
  },
  todo: {
    staff: false,
    tasks: [
      { key: 'smsUsedUp', until: null, href: null },
      { key: 'release', until: null, name: 'Carla Vos', at: day(at, -0.5), href: '/staff/resets' },
      { key: 'requests', until: null, count: 2, href: '/staff/resets' },
      { key: 'expiring', until: null, name: 'Karin Vos', at: day(at, 0.4), href: person },
      { key: 'moreExpiring', until: null, count: 12, href: '/staff/people' },
      { key: 'bouncing', until: null, count: 1, href: '/staff/people?show=mail' },
    ],
  },
})

/** What a kind of person has at this firm; at the installation's own address, as a firm that chose nothing. */
const chosen = ({ tenant }: SampleContext, kind: 'client' | 'staff' | 'admin'): HomeArrangement =>
  tenant?.policy.of(homePolicy)[kind] ?? { main: ['todo', 'activity'], side: ['information', 'mine'] }

const home =
  (
    kind: 'client' | 'staff' | 'admin',
    page: Partial<HomePage> = {},
    told: (at: Date) => Data = () => ({}),
    left: WidgetName[] = [],
  ) =>
  (context: SampleContext) => {
    const { main, side } = chosen(context, kind)
    const data: Data = { ...quiet(context.at), ...told(context.at) }
    const placed = (names: WidgetName[]) =>
      names.filter((name) => !left.includes(name)).map((name) => ({ ...data[name], ...frame(context.t, name) }))
    return { who, since: day(context.at, -9), ...page, main: placed(main), widgets: placed(side) }
  }

/** Not for clients who invite nobody. */
const inviting: WidgetName[] = ['stuck', 'people']
const bakery = { ...who, organisation: 'Bakkerij Voorbeeld', role: 'Directie' }

/** A portal with ten modules: what the header has to carry one day. */
const modules: [icon: string, nl: string, en: string][] = [
  ['house', 'Home', 'Home'],
  ['folder', 'Dossier', 'File'],
  ['file-text', 'Documenten', 'Documents'],
  ['message-square', 'Berichten', 'Messages'],
  ['calendar', 'Afspraken', 'Appointments'],
  ['clipboard-check', 'Akkoord geven', 'Approvals'],
  ['list-todo', 'Aangiften en aanslagen', 'Tax returns'],
  ['history', 'Verzuim en verlof', 'Absence and leave'],
  ['users', 'Mensen', 'People'],
  ['settings', 'Instellingen', 'Settings'],
]
const ten = (current: number, { language }: SampleContext) => ({
  tabs: arranged(
    modules.map(([icon, nl, en], at) => ({ text: { nl, en }[language], href: '/home', icon, current: at === current })),
  ),
  todo: 12,
})

/** The pages of the portal itself. */
export const samples: Samples = {
  ...states(homeView, {
    quiet: { layout: 'portal', data: home('client', {}, undefined, inviting) },
    first: { layout: 'portal', data: home('client', { since: null, who: bakery }, first, inviting) },
    busy: { layout: 'portal', data: home('client', { who: bakery }, client, inviting) },
    director: { layout: 'portal', data: home('client', { who: bakery }, director) },
    staffQuiet: { layout: 'portal', data: home('staff', {}, () => ({ todo: { tasks: [], staff: true } })) },
    staff: { layout: 'portal', data: home('staff', {}, busy) },
    adminFirst: { layout: 'portal', data: home('admin', { since: null }, first) },
    admin: { layout: 'portal', data: home('admin', {}, busy) },
    tenModules: {
      layout: 'portal',
      data: (context) => ({ ...home('client', { who: bakery }, client, inviting)(context), ...ten(0, context) }),
    },
    inTheLastOfTen: {
      layout: 'portal',
      data: (context) => ({ ...home('client', { who: bakery }, client, inviting)(context), ...ten(9, context) }),
    },
  }),
  ...states(todoView, {
    nothing: {
      layout: 'portal',
      data: ({ t, at }) => ({ ...frame(t, 'todo'), ...quiet(at).todo, todo: null }),
    },
    admin: {
      layout: 'portal',
      data: ({ t, at }) => ({ ...frame(t, 'todo'), ...quiet(at).todo, ...busy(at).todo, todo: 6 }),
    },
  }),
  ...states(menuView, {
    two: { layout: 'portal', data: {} },
    ten: { layout: 'portal', data: (context) => ten(0, context) },
  }),
}
