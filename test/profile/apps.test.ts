import { afterAll, beforeAll, expect, test } from 'vitest'
import { authenticator } from '../../src/identity/factors/index.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { scan, type App } from '../support/phone.ts'
import { enters, givesPassword, nobody, somebody, type Somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { behind } from './signed-in.ts'
import { bare } from '../support/words.ts'

const firm = 'kring'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const alive = (who: Somebody) =>
  portal.sql<{ id: string; name: string | null }>(
    'select id, name from authenticator where account_id = $1 and removed_at is null order by confirmed_at, id',
    [who.id],
  )
const lines = (who: Somebody) =>
  portal.sql<{ action: string; detail: object }>(
    `select action, detail from audit_line where subject = $1 and action like 'authenticator.%' order by seq`,
    [who.id],
  )

/** Sets up the app of the page they are at. */
async function setsUp(person: HttpPerson, name?: string): Promise<App> {
  const app = await scan(portal, person)
  await person.fill({ code: app.code(), ...(name !== undefined && { name }) })
  await person.press()
  expect(await person.mistakes()).toEqual({})
  return app
}

/** Tries to sign in with this code, in a browser of their own. */
async function triesCode(who: Somebody, code: string): Promise<HttpPerson> {
  const person = httpPerson(portal, firm)
  await givesPassword(person, who)
  await person.fill({ code })
  await person.press()
  return person
}

test('several apps, each with a name and each good for signing in; one is renamed, one replaced, one removed', async () => {
  const who = await somebody(portal, firm)
  const elsewhere = await enters(who)
  portal.forward('PT2M')
  const person = await enters(who)
  await person.go('/profile')
  await person.follow('/profile/apps')
  expect(await person.reads()).toContain('U heeft nog geen app')
  await person.follow('/profile/apps/new')
  const first = await setsUp(person)
  expect(await person.at()).toBe('/profile/apps')
  await elsewhere.go('/home')
  expect(await elsewhere.at()).toBe('/sign-in')
  await person.follow('/profile/apps/new')
  const second = await setsUp(person, 'Telefoon van het werk')
  expect((await alive(who)).map(({ name }) => name).sort()).toEqual(['App', 'Telefoon van het werk'])
  expect(
    (await portal.outbox(firm, who.email)).filter(({ subject }) => subject === 'Er is een app met codes ingesteld'),
  ).toHaveLength(2)

  // What confirmed an app is used up; the next code of each lets in, once.
  for (const app of [first, second])
    expect((await (await triesCode(who, app.code())).mistakes()).code).toContain('al gebruikt')
  portal.forward('PT1M')
  for (const app of [second, first]) {
    expect(await (await triesCode(who, app.code())).at()).toBe('/home')
    expect((await (await triesCode(who, app.code())).mistakes()).code).toContain('al gebruikt')
  }

  const [one, other] = (await alive(who)).sort((a, b) => a.name!.localeCompare(b.name!))
  await person.go(`/profile/apps/${one!.id}/name`)
  for (const name of ['', 'x'.repeat(61)]) {
    await person.fill({ name })
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['name'])
  }
  await person.fill({ name: 'Oude telefoon' })
  await person.press()
  await person.follow(`/profile/apps/${one!.id}/replace`)
  expect(await person.reads()).toContain('in de plaats van „Oude telefoon”')
  await person.fill({ code: '000000' })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['code'])
  expect(await alive(who)).toContainEqual({ id: one!.id, name: 'Oude telefoon' })
  const third = await setsUp(person)
  expect((await alive(who)).map(({ id, name }) => [id === one!.id, name])).toEqual(
    expect.arrayContaining([[false, 'Oude telefoon']]),
  )
  portal.forward('PT1M')
  expect(Object.keys(await (await triesCode(who, first.code())).mistakes())).toEqual(['code'])
  expect(await (await triesCode(who, third.code())).at()).toBe('/home')

  await person.go(`/profile/apps/${other!.id}/remove`)
  expect(await person.reads()).toMatch(/Telefoon van het werk.*deze app niet meer/)
  await person.press()
  expect((await alive(who)).map(({ name }) => name)).toEqual(['Oude telefoon'])
  expect((await portal.outbox(firm, who.email))[0]?.subject).toBe('De app met codes is weggehaald')
  expect((await lines(who)).map(({ action }) => action)).toEqual([
    'authenticator.confirmed',
    'authenticator.confirmed',
    'authenticator.renamed',
    'authenticator.confirmed',
    'authenticator.removed',
  ])
  expect((await lines(who))[3]?.detail).toEqual({ as: 'replacement' })
  await person.go('/profile/activity')
  expect(await person.reads()).toContain('App met codes een andere naam gegeven')
})

test('of two requests with the same code of the same app at the same moment one is right', async () => {
  const who = await somebody(portal, firm, { app: true })
  // Both have read the app before one of them can use it.
  const holds = await behind(portal)
  await holds.query('begin')
  await holds.query('select from authenticator where account_id = $1 for update', [who.id])
  const tries = [1, 2].map(() =>
    nobody(portal, firm).transaction((context) =>
      authenticator.check(context, { ...who, language: 'nl' }, who.app(), 'signInCode'),
    ),
  )
  while (
    (await portal.sql(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))
      .length < tries.length
  );
  await holds.query('commit')
  await holds.end()
  expect((await Promise.all(tries)).map(({ ok }) => ok).sort()).toEqual([false, true])
})

test('a clock that is off is told after two codes of the same app, whichever it is', async () => {
  const who = await somebody(portal, firm, { app: true })
  const person = await triesCode(who, who.app())
  await person.go('/profile/apps/new')
  const second = await setsUp(person)
  portal.forward('PT4M')
  const late = second.code()
  portal.forward('PT2M')
  const other = await triesCode(who, late)
  expect((await other.mistakes()).code).not.toContain('klok')
  await other.fill({ code: late })
  await other.press()
  expect((await other.mistakes()).code).toMatch(/achter/)
})

test('the picture is of this session and of the next app: another session sees another, and so does who just added one', async () => {
  const who = await somebody(portal, firm)
  const key = async (person: HttpPerson) => {
    await person.go('/profile/apps/new')
    return person.words('#key')
  }
  const one = await enters(who)
  const shown = await key(one)
  expect(await key(one)).toBe(shown)
  portal.forward('PT2M')
  const other = await enters(who)
  expect(await key(other)).not.toBe(shown)
  await one.go('/profile/apps/new')
  await setsUp(one)
  expect(await key(one)).not.toBe(shown)
})

test('five is the most; one may go or be replaced, and then there is room again', async () => {
  const who = await somebody(portal, firm)
  const person = await enters(who)
  for (let nth = 0; nth < 5; nth++) {
    await person.go('/profile/apps/new')
    await setsUp(person)
  }
  expect((await alive(who)).map(({ name }) => name).sort()).toEqual(['App', 'App 2', 'App 3', 'App 4', 'App 5'])
  expect(await person.reads()).toContain('hoogstens 5')
  expect(await person.sees('a[href="/profile/apps/new"]')).toBe(false)
  await person.go('/profile/apps/new')
  expect(person.status()).toBe(404)
  const [oldest] = await alive(who)
  await person.go(`/profile/apps/${oldest!.id}/replace`)
  await setsUp(person)
  expect(await alive(who)).toHaveLength(5)
})

test('with a second app the first may go where the firm asks a second step; the last may not, and says why', async () => {
  const who = await somebody(portal, firm, { app: true })
  await portal.sql('update phone set removed_at = confirmed_at where account_id = $1', [who.id])
  const person = await triesCode(who, who.app())
  const [first] = await alive(who)
  await person.go(`/profile/apps/${first!.id}/remove`)
  expect(await person.sees('main form')).toBe(false)
  await person.go('/profile/apps/new')
  await setsUp(person)
  await person.go(`/profile/apps/${first!.id}/remove`)
  await person.press()
  const [last] = await alive(who)
  expect(last!.id).not.toBe(first!.id)
  await person.go('/profile/name')
  const { fields, method } = person.form()
  await person.send({
    action: `/profile/apps/${last!.id}/remove`,
    method,
    fields: fields.filter(([name]) => name !== 'name'),
  })
  expect([person.status(), Object.values(await person.mistakes())]).toEqual([
    409,
    [expect.stringContaining('enige tweede stap')],
  ])
  expect(await alive(who)).toEqual([last])
})

test('an app of somebody else gives the same bytes as one that never was, on every route', async () => {
  const [who, other] = [await somebody(portal, firm), await somebody(portal, firm, { app: true })]
  const person = await enters(who)
  await person.go('/profile/name')
  const csrf = person.form().fields.find(([name]) => name === '_csrf')![1]
  const [theirs] = await alive(other)
  const answer = async (id: string, what: string, method: string) => {
    const { status, text } = await person.ask(`/profile/apps/${id}/${what}`, {
      method,
      ...(method === 'POST' && {
        body: new URLSearchParams({
          _csrf: csrf,
          ...(what === 'name' && { name: 'Van mij' }),
          ...(what === 'replace' && { code: '123456' }),
        }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      }),
    })
    return [
      status,
      bare(text)
        .replaceAll(/[0-9a-f-]{36}/g, '')
        .replaceAll(/_csrf" value="[^"]*"|data-csrf="[^"]*"/g, ''),
    ]
  }
  for (const what of ['name', 'replace', 'remove'])
    for (const method of ['GET', 'POST']) {
      const unknown = await answer(crypto.randomUUID(), what, method)
      expect(unknown[0], what).toBe(404)
      expect(await answer(theirs!.id, what, method), `${method} ${what}`).toEqual(unknown)
    }
  expect(await alive(other)).toEqual([{ id: theirs!.id, name: null }])
})

test('a firm that takes no apps has no such pages; who has one from before can only take it away', async () => {
  const who = await somebody(portal, 'polder')
  const person = await enters(who)
  for (const at of ['/profile/apps', '/profile/apps/new', '/profile/apps/new.png'])
    expect((await person.ask(at)).status).toBe(404)
  const before = await somebody(portal, 'polder', { app: true })
  const owner = await enters(before)
  await owner.go('/profile/apps')
  expect(await owner.sees('a[href$="/replace"], a[href="/profile/apps/new"]')).toBe(false)
  await owner.follow('main a[href$="/remove"]')
  await owner.press()
  expect(await owner.at()).toBe('/profile')
  expect(await alive(before)).toEqual([])
})

test('a firm that sends no SMS lets nobody set a number up', async () => {
  const who = await somebody(portal, 'linde', { app: true })
  const person = httpPerson(portal, 'linde')
  await givesPassword(person, who)
  await person.fill({ code: who.app() })
  await person.press()
  expect((await person.ask('/profile/phone')).status).toBe(404)
  await person.go('/profile/name')
  const { fields, method } = person.form()
  await person.send({
    action: '/profile/phone',
    method,
    fields: [...fields.filter(([name]) => name !== 'name'), ['phone', '0612345678'], ['code', ''], ['act', '']],
  })
  expect(person.status()).toBe(404)
})
