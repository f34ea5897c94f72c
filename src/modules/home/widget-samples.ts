import type { SampleContext } from '../../tenancy/samples.ts'

/** So many days from a moment. */
export const day = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000)
const person = '/staff/people/00000000-0000-4000-8000-000000000001'

/** What widgets show, by their names. */
export type Told = Record<string, object>

/** What each widget's view shows when all is in order. */
export const quiet = (at: Date): Told => ({
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
export const client = ({ at, t }: SampleContext): Told => ({
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
export const first = (): Told => ({
  activity: { since: null, news: [], all: [], none: '' },
  todo: { staff: false, tasks: [{ key: 'onboarding.todo.secondStep', until: null }] },
  security: { safe: false, secondSteps: [] },
})

/** Who does not get in, and what stands in their way. */
const stuck = (name: string, at: Date, why: object[], organisation: string | null = null) => ({
  name,
  organisation,
  href: person,
  waits: null,
  at,
  why,
})

/** A client who may invite colleagues. */
export const director = ({ at }: SampleContext): Told => ({
  people: { counts: { active: 4, invited: 1 } },
  stuck: {
    rows: [stuck('Henk Oud', day(at, -4), [{ key: 'expired', at: day(at, -4) }])],
    total: 1,
    more: false,
  },
  todo: {
    staff: false,
    tasks: [{ key: 'activation.todo.expiring', until: null, name: 'Karin Vos', at: day(at, 0.4), href: person }],
  },
})

/** Who waits for the yes of somebody at the firm. */
const waits = (name: string, on: 'given' | 'own' | 'admin', at: Date) => ({
  name,
  organisation: null,
  href: person,
  waits: on,
  at,
  why: null,
})

/** One of each that can be the matter with somebody. */
function everyTrouble(at: Date): object[] {
  const [yesterday, before] = [day(at, -1), day(at, -2)]
  const bakery = 'Bakkerij Voorbeeld'
  return [
    waits('Leo Smit', 'given', yesterday),
    waits('Sanne de Wit', 'own', yesterday),
    waits('Ab Post', 'admin', yesterday),
    stuck('Dirk Bos', day(at, -3), [{ key: 'mailFails', at: day(at, -3) }], bakery),
    stuck('Bram Mos', yesterday, [
      { key: 'mailFailed', at: yesterday },
      { key: 'invited', at: before, until: day(at, 1) },
    ]),
    stuck('Els Kok', yesterday, [{ key: 'mailFailsNew', at: yesterday }]),
    stuck('Fatima Yilmaz', yesterday, [{ key: 'refused', at: yesterday }]),
    stuck('Henk Oud', day(at, -4), [{ key: 'expired', at: day(at, -4) }], bakery),
    stuck('Iris Berg', before, [{ key: 'step', at: before, step: 'staff.step.authenticator' }]),
    stuck('Joris Kant', before, [{ key: 'opened', at: before }]),
  ]
}

/** A busy morning at the firm. */
export const busy = ({ at, t }: SampleContext): Told => ({
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
  stuck: { total: 41, more: true, rows: everyTrouble(at) },
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
