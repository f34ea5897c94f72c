import { createHmac, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { line, type Line } from '../faults/line.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { enters, givesPassword, somebody } from '../support/somebody.ts'
import { bare } from '../support/words.ts'

const secret = 'a-secret-of-these-tests-that-is-long-enough-for-one'
let portal: TestPortal
let between: Line
beforeAll(async () => {
  portal = await openTestPortal({
    env: { SESSION_SECRET: secret },
    through: async (url) => (between = await line({ host: '127.0.0.1', port: Number(url.port) })).port,
  })
})
afterAll(async () => {
  await portal.close()
  between.close()
})

const plain = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
const posts = (person: HttpPerson, at: string, fields: Record<string, string>) =>
  person.ask(at, { method: 'POST', headers: plain, body: new URLSearchParams(fields).toString() })
const tokenIn = (text: string) => /name="_csrf" value="([^"]+)"/.exec(text)![1]!
const sessions = () =>
  portal.sql<{ sid: string; sess: Record<string, unknown> }>('select sid, sess from browser_session')

/** How many rows every table has. */
async function rows(): Promise<Record<string, number>> {
  const tables = await portal.sql<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const [counts] = await portal.sql<Record<string, number>>(
    `select ${tables.map(({ name }) => `(select count(*)::int from ${name}) as ${name}`).join(', ')}`,
  )
  return counts!
}

test('whoever only looks leaves nothing behind: no row in any table, at any address', async () => {
  const before = await rows()
  const addresses = portal.services.modules
    .routes(portal.services.config)
    .filter(({ route }) => route.method === 'get' && route.level !== 'installation')
    .map(({ at }) => at.replace(/:\w+/g, crypto.randomUUID()))
  expect(addresses.length).toBeGreaterThan(40)
  const person = httpPerson(portal, 'linde')
  for (const at of addresses) {
    await httpPerson(portal, 'linde').ask(at)
    await person.ask(at)
  }
  expect(await rows()).toEqual(before)
})

test('without a session nobody is looked for: the pages of signing in ask the database nothing', async () => {
  const person = httpPerson(portal, 'vandam')
  for (const at of ['/sign-in', '/sign-in/help', '/sign-in', '/recovery', '/activation/new', '/home']) {
    between.listen()
    await person.ask(at)
    expect(between.statements, at).toEqual([])
  }
})

test('a session begins with the first thing the server must remember, and a wrong password is none', async () => {
  const who = await somebody(portal, 'vandam')
  const before = (await sessions()).length
  const person = httpPerson(portal, 'vandam')
  await givesPassword(person, who, 'dit is het niet')
  expect([person.status(), person.cookies.has('portal'), (await sessions()).length]).toEqual([422, false, before])
  await givesPassword(person, who)
  expect([person.cookies.has('portal'), (await sessions()).length]).toEqual([true, before + 1])
})

test('the token of a form is another one in every answer, and good for this browser alone; signing in ends it', async () => {
  const [person, other] = [httpPerson(portal, 'vandam'), httpPerson(portal, 'vandam')]
  const tokens = [await person.ask('/sign-in/help'), await person.ask('/sign-in/help')].map(({ text }) => tokenIn(text))
  expect(tokens[0]).not.toBe(tokens[1])
  const chooses = (who: HttpPerson, token: string) =>
    posts(who, '/language', { _csrf: token, language: 'en', back: '/sign-in' })
  for (const token of tokens) expect((await chooses(person, token)).status).toBe(303)
  await other.go('/sign-in')
  for (const token of [tokens[0]!, '', 'x', `${tokens[0]}x`, 'a-b'])
    expect((await chooses(other, token)).status, token).toBe(403)
  await givesPassword(person, await somebody(portal, 'vandam'))
  expect((await chooses(person, tokens[0]!)).status, 'of before the session').toBe(403)
  const own = tokenIn((await person.ask('/home')).text)
  expect((await chooses(person, own)).status).toBe(303)
  expect(tokenIn((await person.ask('/home')).text)).not.toBe(own)
})

test('what a browser carries can be read by nobody, is worth nothing once altered, at another firm or a day later', async () => {
  const person = httpPerson(portal, 'polder')
  await person.go('/sign-in')
  const answer = await posts(person, '/language', {
    _csrf: tokenIn((await person.ask('/sign-in')).text),
    language: 'en',
    back: '/',
  })
  expect([answer.status, await person.ask('/sign-in').then(({ text }) => text.includes('<html lang="en"'))]).toEqual([
    303,
    true,
  ])
  const carried = person.cookies.get('state')!
  expect(Buffer.from(decodeURIComponent(carried).split('.').at(-1)!, 'base64url').toString('latin1')).not.toContain(
    'language',
  )
  const speaks = async (slug: string, cookie: string) =>
    /<html lang="(\w+)"/.exec(
      (await httpPerson(portal, slug).ask('/sign-in', { headers: { cookie: `state=${cookie}` } })).text,
    )![1]
  expect(await speaks('polder', carried)).toBe('en')
  expect(await speaks('polder', `${carried.slice(0, -2)}AA`)).toBe('nl')
  expect(await speaks('kring', carried)).toBe('nl')
  portal.forward('PT24H')
  expect(await speaks('polder', carried)).toBe('nl')
})

/** The cookie of a session as the release before made it, and what that release kept of it. */
async function earlierSession(kept: object): Promise<string> {
  const id = randomBytes(24).toString('base64url')
  const signature = createHmac('sha256', secret).update(id).digest('base64').replace(/=+$/, '')
  await portal.sql(
    `insert into browser_session (sid, sess, expire) values (encode(sha256(convert_to($1, 'UTF8')), 'hex'), $2, now() + interval '1 day')`,
    [id, { cookie: { originalMaxAge: null, httpOnly: true, path: '/', sameSite: 'lax', secure: false }, ...kept }],
  )
  return encodeURIComponent(`s:${id}.${signature}`)
}

test('what a session of the release before kept is taken over: language, message, way back, and its forms', async () => {
  const who = await somebody(portal, 'vandam')
  const person = httpPerson(portal, 'vandam')
  const csrfToken = randomBytes(128).toString('hex')
  const kept = { csrfToken, language: 'en', back: '/profile/name', notice: 'sign-in.signedOut' }
  person.cookies.set('portal', await earlierSession(kept))
  expect((await posts(person, '/language', { _csrf: csrfToken, language: 'en', back: '/' })).status).toBe(303)
  await person.go('/sign-in')
  expect(await person.words('.banner')).toContain('signed out')
  await person.go('/sign-in')
  expect(await person.sees('.banner'), 'shown once').toBe(false)
  expect((await posts(person, '/sign-in', { _csrf: `${csrfToken.slice(0, -1)}x` })).status).toBe(403)
  await givesPassword(person, who)
  expect(await person.at()).toBe('/profile/name')
})

test('whoever was signed in stays so, and a form of theirs from before still leads back with its text', async () => {
  const who = await somebody(portal, 'vandam')
  const person = await enters(who)
  const csrfToken = randomBytes(128).toString('hex')
  // As the release before kept it: the token in the session, nothing in the browser.
  await portal.sql(
    `update browser_session set sess = (sess::jsonb || $1::jsonb)::json where sid = (select digest from portal_session where account_id = $2)`,
    [{ csrfToken }, who.id],
  )
  person.cookies.delete('state')
  const named = (name: string) => posts(person, '/profile/name', { _csrf: csrfToken, name })
  expect((await named('Iemand Anders')).status).toBe(303)
  await person.go('/home')
  await person.press('/sign-out')
  const late = await person.ask('/profile/name', {
    method: 'POST',
    headers: { ...plain, referer: portal.url('vandam', '/profile/name') },
    body: new URLSearchParams({ _csrf: csrfToken, name: 'Iemand van Vroeger' }).toString(),
  })
  expect([late.status, bare(late.text).includes('staat er nog wat u had ingevuld')]).toEqual([401, true])
  await givesPassword(person, who)
  expect(person.page().querySelector('main [name=name]')?.getAttribute('value')).toBe('Iemand van Vroeger')
})
