import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRun } from '../../src/rooms/onboarding/index.ts'
import { savePhone } from '../../src/rooms/factors/index.ts'
import { home, widget } from '../../src/rooms/portal/home.ts'
import { speak } from '../../src/rooms/portal/language.ts'
import { tasksOf, type Task } from '../../src/rooms/portal/widgets/todo.ts'
import type { Kind } from '../../src/rooms/accounts/index.ts'
import type { Policy, WidgetName } from '../../src/tenancy/policy.ts'
import type { Person } from '../../src/tenancy/visit.ts'
import { quietHouse, type QuietHouse } from '../setup/visits.ts'

let house: QuietHouse
let person: Person
/** Optional phone in the activation, and a track to get stronger. */
const firm = 'vandam'
beforeAll(async () => {
  house = await quietHouse()
  person = await house.person(firm, { kind: 'client', name: 'Sanne' })
})
afterAll(() => house.close())

interface Home {
  since: Date | null
  main: Shown[]
  widgets: Shown[]
}
interface Shown {
  name: WidgetName
  title: string
  tasks?: Task[]
  rows?: { name: string; href: string }[]
  [more: string]: unknown
}
const shownTo = async (who: Person, slug = firm) => (await home(house.visitOf(slug, who))) as Home
const shownAll = ({ main, widgets }: Home) => [...main, ...widgets]
const the = (shown: Home, name: WidgetName) => shownAll(shown).find((each) => each.name === name)
const tasksFor = async (who: Person, slug = firm) => the(await shownTo(who, slug), 'todo')?.tasks

test('the home page has the widgets the firm chose for the kind of person, and none that says nothing to them', async () => {
  const kinds = {
    client: [
      ['todo', 'activity'],
      ['information', 'mine'],
    ],
    staff: [
      ['todo', 'stuck', 'activity'],
      ['people', 'mine'],
    ],
    admin: [
      ['todo', 'stuck', 'activity'],
      ['people', 'health', 'mine'],
    ],
  } as const
  for (const [kind, wanted] of Object.entries(kinds)) {
    const { main, widgets } = await shownTo(await house.person(firm, { kind: kind as Kind, name: `Een ${kind}` }))
    expect(
      [main, widgets].map((all) => all.map(({ name }) => name)),
      kind,
    ).toEqual(wanted)
    expect([...main, ...widgets].every(({ title }) => title.length > 2)).toBe(true)
  }
})

test('what waits comes first at every firm, for every kind of person, unless the firm itself says otherwise', () => {
  for (const { policy, slug } of house.house.tenants.all)
    for (const kind of ['client', 'staff', 'admin'] as const) {
      expect(policy.home[kind].main[0], `${slug} ${kind}`).toBe('todo')
    }
})

test('whatever stands on it, a home page asks the database once', async () => {
  for (const kind of ['client', 'staff', 'admin'] as const) {
    const visit = house.visitOf(firm, await house.person(firm, { kind, name: `Geteld ${kind}` }))
    const asked: string[] = []
    const query = visit.query.bind(visit)
    visit.query = (sql: string, params?: unknown[]) => {
      asked.push(sql)
      return query(sql, params) as never
    }
    await home(visit)
    expect(asked, kind).toHaveLength(1)
  }
})

test('a widget by itself shows what it shows on the home page', async () => {
  for (const who of [person, await house.person(firm, { kind: 'admin', name: 'Bea' })]) {
    for (const each of shownAll(await shownTo(who)))
      expect(await widget(house.visitOf(firm, who), each.name)).toEqual(each)
  }
})

test("nobody sees what is another person's", async () => {
  const other = await house.person(firm, { kind: 'client', name: 'Ab' })
  await savePhone(house.visitOf(firm, other), other.id, '+31600000009')
  expect(await tasksFor(person)).toEqual([{ key: 'secondStep', until: null }])
  expect(await tasksFor(other)).toEqual([])
})

test('a walk that was begun waits until it is finished', async () => {
  const walker = await house.person(firm, { kind: 'client', name: 'Wil' })
  await savePhone(house.visitOf(firm, walker), walker.id, '+31600000008')
  await house.visitOf(firm, walker).transaction(async (visit) => void (await openRun(visit, walker.id, 'strengthen')))
  expect(await tasksFor(walker)).toEqual([{ key: 'finish', until: null, at: house.visit(firm).at }])
})

const none = {
  passkey: false,
  approval: false,
  authenticator: false,
  phone: false,
  backupCode: false,
  backupCodeSpent: false,
  ownPeople: false,
} as never

test('a second step is asked for only where there is a walk that sets one up', () => {
  const policy = (slug: string): Policy => house.visit(slug).policy
  const keys = (slug: string, open: 'activation' | null = null) =>
    tasksOf(policy(slug), { factors: none, open, openedAt: null, standing: null as never }).map(({ key }) => key)
  expect(keys('vandam')).toEqual(['secondStep'])
  expect(keys('linde')).toEqual(['strongerStep'])
  expect(keys('loonhuis')).toEqual([])
  expect(keys('loonhuis', 'activation')).toEqual(['secondStep'])
  expect(keys('polder')).toEqual([])
})

test('the language of who is signed in is kept on the account, with a line in the log', async () => {
  const kept: Record<string, string> = {}
  const visit = house.visitOf(firm, person)
  Object.assign(visit.browser, {
    keep: (name: string, value: string) => {
      kept[name] = value
    },
  })
  const language = async () =>
    (await house.visit(firm).one<{ language: string }>('select language from account where id = ?', [person.id]))
      ?.language
  // The session was ended meanwhile: this browser speaks it, the account does not follow.
  await speak(visit, 'en')
  expect([kept.language, await language()]).toEqual(['en', 'nl'])
  await visit.query(
    `insert into portal_session (tenant_id, id, digest, account_id, level, via, started_at, last_seen_at, ends_at, browser) values (?, ?, 'x', ?, 'signedIn', 'own', ?, ?, ?, 'x')`,
    [visit.tenant.id, visit.session.id, person.id, visit.at, visit.at, visit.from('PT1H')],
  )
  await speak(visit, 'en')
  expect(await language()).toBe('en')
  expect(await house.visit(firm).one(`select action, actor from audit_line where action = 'account.language'`)).toEqual(
    { action: 'account.language', actor: person.id },
  )
})
