import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FactorFacts } from '../../src/identity/factors/index.ts'
import { beginFlow } from '../../src/identity/flow/index.ts'
import { savePhone } from '../../src/identity/factors/index.ts'
import { home, widget } from '../../src/modules/home/home.ts'
import { speak } from '../../src/modules/home/language.ts'
import { tasksOf } from '../../src/modules/onboarding/tasks.ts'
import { Connection } from '../../src/platform/db/connection.ts'
import type { ShownWidget, Task } from '../../src/tenancy/home-parts.ts'
import type { Kind } from '../../src/identity/accounts/index.ts'
import { homePolicy } from '../../src/modules/home/policy.ts'
import type { Person } from '../../src/tenancy/context.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowIn, rowsIn } from '../support/rows.ts'

let portal: QuietPortal
let person: Person
/** Optional phone in the activation, and a track to get stronger. */
const firm = 'vandam'
beforeAll(async () => {
  portal = await quietPortal()
  person = await portal.person(firm, { kind: 'client', name: 'Sanne' })
})
afterAll(() => portal.close())

interface Home {
  since: Date | null
  main: Shown[]
  widgets: Shown[]
}
interface Shown extends ShownWidget {
  tasks?: Task[]
  rows?: { name: string; href: string }[]
}
const shownTo = async (who: Person, slug = firm) => (await home(await portal.arrived(slug, who))) as Home
const shownAll = ({ main, widgets }: Home) => [...main, ...widgets]
const the = (shown: Home, name: string) => shownAll(shown).find((each) => each.name === name)
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
    const { main, widgets } = await shownTo(await portal.person(firm, { kind: kind as Kind, name: `Een ${kind}` }))
    expect(
      [main, widgets].map((all) => all.map(({ name }) => name)),
      kind,
    ).toEqual(wanted)
    expect([...main, ...widgets].every(({ title }) => title.length > 2)).toBe(true)
  }
})

test('what waits comes first at every firm, for every kind of person, unless the firm itself says otherwise', () => {
  for (const { policy, slug } of portal.tenants)
    for (const kind of ['client', 'staff', 'admin'] as const) {
      expect(policy.of(homePolicy)[kind].main[0], `${slug} ${kind}`).toBe('todo')
    }
})

test('whatever stands on it, a home page asks the database once, and what is known already not again', async () => {
  for (const kind of ['client', 'staff', 'admin'] as const) {
    const context = await portal.arrived(firm, await portal.person(firm, { kind, name: `Geteld ${kind}` }))
    const asked: string[] = []
    const query = Connection.prototype.query
    Connection.prototype.query = function (this: Connection, ...sent: unknown[]) {
      const text = typeof sent[0] === 'string' ? sent[0] : (sent[0] as { text: string }).text
      if (!/^(begin|commit|set |select set_config)/.test(text)) asked.push(text)
      return query.apply(this, sent)
    }
    await home(context)
    Connection.prototype.query = query
    expect(asked, kind).toHaveLength(1)
    // What authorization found out of the account and its factors.
    if (kind === 'client') expect(asked[0]).not.toMatch(/passkey|authenticator|backup_code|"account"|account a/)
  }
})

test('a widget by itself shows what it shows on the home page', async () => {
  for (const who of [person, await portal.person(firm, { kind: 'admin', name: 'Bea' })]) {
    for (const each of shownAll(await shownTo(who)))
      expect(await widget(await portal.arrived(firm, who), each.name)).toEqual(each)
  }
})

test("nobody sees what is another person's", async () => {
  const other = await portal.person(firm, { kind: 'client', name: 'Ab' })
  await savePhone(portal.contextOf(firm, other), other.id, '+31600000009')
  expect(await tasksFor(person)).toEqual([{ key: 'onboarding.todo.secondStep', until: null }])
  expect(await tasksFor(other)).toEqual([])
})

test('a walk that was begun waits until it is finished', async () => {
  const walker = await portal.person(firm, { kind: 'client', name: 'Wil' })
  await savePhone(portal.contextOf(firm, walker), walker.id, '+31600000008')
  await portal
    .contextOf(firm, walker)
    .transaction(async (context) => void (await beginFlow(context, walker.id, 'strengthen')))
  expect(await tasksFor(walker)).toEqual([{ key: 'onboarding.todo.finish', until: null, at: portal.context(firm).at }])
})

const none: FactorFacts = { ownPeople: false, has: [], spent: [] }
const anyone = { kind: 'client' } as Person

test('a second step is asked for only where there is a walk that sets one up', () => {
  const keys = (slug: string, open: 'activation' | null = null) =>
    tasksOf(
      { choices: portal.context(slug).policy, services: portal.services, person: anyone },
      { factors: none, open, openedAt: null, requirementFacts: null as never },
    ).map(({ key }) => key)
  expect(keys('vandam')).toEqual(['onboarding.todo.secondStep'])
  expect(keys('linde')).toEqual(['onboarding.todo.strongerStep'])
  expect(keys('loonhuis')).toEqual([])
  expect(keys('loonhuis', 'activation')).toEqual(['onboarding.todo.secondStep'])
  expect(keys('polder')).toEqual([])
})

test('the language of who is signed in is kept on the account, with a line in the log', async () => {
  const kept: Record<string, string> = {}
  const context = portal.contextOf(firm, person)
  Object.assign(context.browser, {
    set: (name: string, value: string) => {
      kept[name] = value
    },
  })
  const language = async () =>
    (await rowIn<{ language: string }>(portal.context(firm), 'select language from account where id = ?', [person.id]))
      ?.language
  // The session was ended meanwhile: this browser speaks it, the account does not follow.
  await speak(context, 'en')
  expect([kept.language, await language()]).toEqual(['en', 'nl'])
  await rowsIn(
    context,
    `insert into portal_session (tenant_id, id, digest, account_id, level, via, started_at, last_seen_at, ends_at, browser) values (?, ?, 'x', ?, 'signedIn', 'own', ?, ?, ?, 'x')`,
    [context.tenant.id, context.session.id, person.id, context.at, context.at, context.from('PT1H')],
  )
  await speak(context, 'en')
  expect(await language()).toBe('en')
  expect(
    await rowIn(portal.context(firm), `select action, actor from audit_line where action = 'account.language'`),
  ).toEqual({ action: 'account.language', actor: person.id })
})
