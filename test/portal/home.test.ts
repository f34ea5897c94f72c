import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRun } from '../../src/rooms/onboarding/index.ts'
import { savePhone } from '../../src/rooms/factors/index.ts'
import { home, widget } from '../../src/rooms/portal/home.ts'
import { speak } from '../../src/rooms/portal/language.ts'
import { tasksOf } from '../../src/rooms/portal/widgets/todo.ts'
import type { Policy } from '../../src/tenancy/policy.ts'
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

interface Home { since: Date | null; mayInvite: boolean; main: Shown[]; widgets: Shown[] }
interface Shown { name: string; title: string; tasks?: { key: string }[] }
const shownTo = async (who: Person) => await home(house.visitOf(firm, who)) as Home
const shownAll = ({ main, widgets }: Home) => [...main, ...widgets]

test('the home page has exactly the widgets of the policy, with titles', async () => {
  const { main, widgets } = await shownTo(person)
  const { policy } = house.visit(firm)
  expect([...main, ...widgets].map(({ name }) => name).sort()).toEqual([...policy.home.main, ...policy.home.side].sort())
  expect([...main, ...widgets].every(({ title }) => title.length > 2)).toBe(true)
})

test('a widget by itself shows what it shows on the home page', async () => {
  const { main, widgets } = await shownTo(person)
  for (const each of [...main, ...widgets]) expect(await widget(house.visitOf(firm, person), each.name as never)).toEqual(each)
})

test('nobody sees what is another person\'s', async () => {
  const other = await house.person(firm, { kind: 'client', name: 'Ab' })
  await savePhone(house.visitOf(firm, other), other.id, '+31600000009')
  expect(shownAll(await shownTo(person)).find(({ name }) => name === 'todo')?.tasks).toEqual([{ key: 'secondStep', until: null }])
  expect(shownAll(await shownTo(other)).find(({ name }) => name === 'todo')?.tasks).toEqual([])
})

test('a walk that was begun waits until it is finished', async () => {
  const walker = await house.person(firm, { kind: 'client', name: 'Wil' })
  await savePhone(house.visitOf(firm, walker), walker.id, '+31600000008')
  await house.visitOf(firm, walker).transaction(async (visit) => void await openRun(visit, walker.id, 'strengthen'))
  expect(shownAll(await shownTo(walker)).find(({ name }) => name === 'todo')?.tasks).toEqual([{ key: 'finish', until: null }])
})

const none = { passkey: false, approval: false, authenticator: false, phone: false, backupCode: false, backupCodeSpent: false } as never

test('a second step is asked for only where there is a walk that sets one up', () => {
  const policy = (slug: string): Policy => house.visit(slug).policy
  const keys = (slug: string, open: 'activation' | null = null) => tasksOf(policy(slug), { factors: none, open, standing: null as never }).map(({ key }) => key)
  expect(keys('vandam')).toEqual(['secondStep'])
  expect(keys('linde')).toEqual(['strongerStep'])
  expect(keys('loonhuis')).toEqual([])
  expect(keys('loonhuis', 'activation')).toEqual(['secondStep'])
  expect(keys('polder')).toEqual([])
})

test('the language of who is signed in is kept on the account, with a line in the log', async () => {
  const kept: Record<string, string> = {}
  const visit = house.visitOf(firm, person)
  Object.assign(visit.browser, { keep: (name: string, value: string) => { kept[name] = value } })
  const language = async () => (await house.visit(firm).one<{ language: string }>('select language from account where id = ?', [person.id]))?.language
  // The session was ended meanwhile: this browser speaks it, the account does not follow.
  await speak(visit, 'en')
  expect([kept.language, await language()]).toEqual(['en', 'nl'])
  await visit.query(`insert into portal_session (tenant_id, id, digest, account_id, level, via, started_at, last_seen_at, ends_at, browser) values (?, ?, 'x', ?, 'signedIn', 'own', ?, ?, ?, 'x')`,
    [visit.tenant.id, visit.session.id, person.id, visit.at, visit.at, visit.from('PT1H')])
  await speak(visit, 'en')
  expect(await language()).toBe('en')
  expect(await house.visit(firm).one(`select action, actor from audit_line where action = 'account.language'`)).toEqual({ action: 'account.language', actor: person.id })
})
