import { states, type Samples, type SampleContext } from '../../tenancy/samples.ts'
import { homeView, menuView, todoView, type HomePage, type TodoPage } from './views.ts'
import { frame } from './arrangement.ts'
import { homePolicy, type HomeArrangement } from './policy.ts'
import { arranged } from './tabs.ts'
import { todo } from './widgets/todo.ts'

const who = { name: 'Sanne de Wit', organisation: null, role: null }
const day = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000)
const person = '/staff/people/00000000-0000-4000-8000-000000000001'

type Data = Record<string, object>

/** What each widget's view shows when all is in order. */
const quiet = (at: Date): Record<string, object> => ({
  activity: { since: day(at, -9), news: [], all: [], none: '' },
  health: { active: 97_012, invited: 312, stuck: 0, mailFails: 0, mail: 0, sms: 0, texts: false, stricter: null },
  information: {},
  mine: { email: 'sanne@voorbeeld.example', username: null },
  people: { counts: null },
  security: { safe: true, secondSteps: ['authenticator', 'backupCode'] },
  stuck: { rows: [], total: 0, more: false },
  todo: { tasks: [], staff: false },
})

/** What a client has to do, and what happened to their account. */
const client = ({ at, t }: SampleContext): Data => ({
  activity: {
    since: day(at, -9),
    news: [
      {
        href: null,
        title: t('sign-in.activity.signIn.password'),
        text: t('profile.activity.refused'),
        at: day(at, -1),
        exact: true,
      },
      {
        href: null,
        title: t('staff.activity.person.viewed'),
        text: t('profile.activity.byFirm'),
        at: day(at, -2),
        exact: true,
      },
    ],
    all: [{ href: '/profile/activity', text: t('profile.news.all') }],
    none: '',
  },
  mine: { email: 'sanne@voorbeeld.example', username: 'sanne.dewit' },
  security: { safe: false, secondSteps: ['mail'] },
  todo: {
    staff: false,
    tasks: [
      { key: 'profile.todo.mailFails', until: null, at: day(at, -3), href: '/profile/email' },
      { key: 'onboarding.todo.secondStep', until: '2027-01-01' },
      { key: 'onboarding.todo.finish', until: null, at: day(at, -4) },
    ],
  },
})

/** On their very first request. */
const first = (): Data => ({
  activity: { since: null, news: [], all: [], none: '' },
  todo: { staff: false, tasks: [{ key: 'onboarding.todo.secondStep', until: null }] },
  security: { safe: false, secondSteps: [] },
})

/** A client who may invite colleagues. */
const director = ({ at }: SampleContext): Data => ({
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
  todo: {
    staff: false,
    tasks: [{ key: 'activation.todo.expiring', until: null, name: 'Karin Vos', at: day(at, 0.4), href: person }],
  },
})

/** A busy morning at the firm. */
const busy = ({ at, t }: SampleContext): Data => ({
  activity: {
    since: day(at, -1),
    news: [
      { text: '', exact: false, title: t('staff.news.joined', { name: 'Mila Dam' }), href: person, at: day(at, -0.2) },
      { text: '', exact: false, title: t('staff.news.more', { count: 4 }), href: '/staff/people', at: null },
    ],
    all: [],
    none: '',
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
        why: [{ key: 'step', at: day(at, -2), step: 'staff.step.authenticator' }],
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
      { key: 'factors.todo.smsUsedUp', until: null, href: null },
      { key: 'recovery.todo.release', until: null, name: 'Carla Vos', at: day(at, -0.5), href: '/staff/resets' },
      { key: 'recovery.todo.requests', until: null, count: 2, href: '/staff/resets' },
      { key: 'activation.todo.expiring', until: null, name: 'Karin Vos', at: day(at, 0.4), href: person },
      { key: 'activation.todo.moreExpiring', until: null, count: 12, href: '/staff/people' },
      { key: 'staff.todo.bouncing', until: null, count: 1, href: '/staff/people?show=mail' },
    ],
  },
})

const everyWidget = ({ modules }: SampleContext) => modules.all.flatMap(({ widgets = [] }) => widgets)

/** What a kind of person has at this firm; at the installation's own address, as a firm that chose nothing. */
const chosen = ({ tenant }: SampleContext, kind: 'client' | 'staff' | 'admin'): HomeArrangement =>
  tenant?.policy.of(homePolicy)[kind] ?? { main: ['todo', 'activity'], side: ['information', 'mine'] }

const home =
  (
    kind: 'client' | 'staff' | 'admin',
    page: Partial<HomePage> = {},
    told: (context: SampleContext) => Data = () => ({}),
    left: string[] = [],
  ) =>
  (context: SampleContext) => {
    const { main, side } = chosen(context, kind)
    const data: Data = { ...quiet(context.at), ...told(context) }
    const placed = (names: string[]) =>
      names
        .filter((name) => !left.includes(name))
        .flatMap((name) => everyWidget(context).filter((each) => each.name === name))
        .map((each) => ({ ...data[each.name], ...frame(context.t, each) }))
    return { who, since: day(context.at, -9), ...page, main: placed(main), widgets: placed(side) }
  }

/** Not for clients who invite nobody. */
const inviting: string[] = ['stuck', 'people']
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
      data: ({ t, at }) => ({ ...frame(t, todo), ...quiet(at).todo, todo: null }) as TodoPage,
    },
    admin: {
      layout: 'portal',
      data: (context) =>
        ({ ...frame(context.t, todo), ...quiet(context.at).todo, ...busy(context).todo, todo: 6 }) as TodoPage,
    },
  }),
  ...states(menuView, {
    two: { layout: 'portal', data: {} },
    ten: { layout: 'portal', data: (context) => ten(0, context) },
  }),
}
