import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '../../src/modules.ts'
import { compose } from '../../src/tenancy/compose.ts'
import { page, see } from '../../src/platform/http/answer.ts'
import { get, nothing, withoutStepUp, type Route } from '../../src/tenancy/route.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { Client } from '../support/client.ts'
import { ask, httpPerson, type HttpPerson } from '../support/http.ts'
import { codeTo } from '../support/phone.ts'
import { givesPassword, somebody } from '../support/somebody.ts'
import { invites, signsIn } from '../support/staff.ts'
import { bare } from '../support/words.ts'
import { notMeDoneView } from '../../src/modules/profile/views.ts'
import { flowsFor } from '../../src/tenancy/own-people.ts'
import { everything } from '../support/steps.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const all = compose(modules)
  .routes({ production: false })
  .map(({ at, route }) => ({ ...route, at }))
const filled = (at: string) =>
  at.replace(/:(\w+)/g, (_, name) => (name === 'id' ? '00000000-0000-4000-8000-000000000000' : 'iets'))

/** The token of this browser's session, from any form it is shown. */
async function tokenOf(person: HttpPerson, at = '/sign-in/help'): Promise<string> {
  const { text } = await person.ask(at)
  return /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? ''
}
async function attempt(person: HttpPerson, method: string, at: string, token: string) {
  return method === 'get'
    ? person.ask(at)
    : person.ask(at, {
        method: 'POST',
        body: new URLSearchParams({ _csrf: token }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      })
}

test('every route says who may come and what may be sent, and in production there is no route to the development pages', () => {
  expect(all.length).toBeGreaterThan(25)
  expect(all.filter(({ level, schema }) => !level || !schema).map(({ at }) => at)).toEqual([])
  expect(new Set(all.map(({ method, at }) => `${method} ${at}`)).size).toBe(all.length)
  expect(all.some(({ at }) => at.startsWith('/dev'))).toBe(true)
  expect(
    compose(modules)
      .routes({ production: true })
      .some(({ at }) => at.startsWith('/dev')),
  ).toBe(false)
})

test('where people change how they sign in, a route that forgets to ask who they are stops the start', () => {
  const forgetful = get('/keys', 'signedIn', nothing, () => page(notMeDoneView))
  const made = (routes: Route[]) =>
    compose([{ name: 'keys', mounts: [{ address: '/profile', routes, aboutSigningIn: true }] }])
  expect(() => made([forgetful])).toThrow('GET /profile/keys: make it "steppedUp" or "enrolling"')
  expect(made(withoutStepUp('shows nothing', [forgetful])).routes({ production: true })).toHaveLength(1)
  expect(
    modules
      .flatMap(({ mounts = [] }) => mounts)
      .filter(({ aboutSigningIn }) => aboutSigningIn)
      .map(({ address }) => address),
  ).toEqual(['/onboarding', '/profile', '/approve'])
})

test('what is said twice, or of a route nobody said who may come, stops the start with a sentence', () => {
  const page = get('/x', 'public', nothing, () => see('/'))
  expect(() => compose([{ name: 'a' }, { name: 'a' }])).toThrow('there are two of module "a"')
  expect(() =>
    compose([
      { name: 'a', mounts: [{ address: '/a', routes: [page] }] },
      { name: 'b', mounts: [{ address: '/a', routes: [page] }] },
    ]),
  ).toThrow('there are two of route "GET /a/x"')
  const job = { name: 'tidy', when: '* * * * *', atInstallation: async () => {} }
  expect(() => compose([{ name: 'a', jobs: [job, job] }])).toThrow('there are two of job "tidy"')
  const open = [{ ...page, level: undefined as never }]
  expect(() => compose([{ name: 'a', mounts: [{ address: '/a', routes: open }] }])).toThrow(
    'GET /a/x has no level or permission, or no schema',
  )
})

/** Every step there is, at every firm: each may be asked for whoever is walking what. */
const steps = () => [
  ...new Set(
    portal.tenants.flatMap(({ policy }) =>
      [policy.onboarding, flowsFor(everything, policy, true)].flatMap(({ activation, strengthen }) =>
        [...activation, ...strengthen].map(({ id }) => id),
      ),
    ),
  ),
]

test.each(['loonhuis', 'polder', 'linde'])(
  'at %s a session of twenty minutes ago gets no page, form or picture of setting up a factor',
  async (slug) => {
    const who = await somebody(portal, slug)
    const person = httpPerson(portal, slug)
    await givesPassword(person, who)
    if ((await person.at()) === '/sign-in/code') {
      const bySms = /sms/i.test(await person.reads())
      await person.fill({ code: await codeTo(portal, slug, bySms ? who.number : who.email, bySms ? 'sms' : 'mail') })
      await person.press()
    }
    if (await person.sees('main [value=later]')) await person.press('later')
    await person.go('/profile/email')
    expect(await person.at(), 'signed in just now').toBe('/profile/email')
    const token = await tokenOf(person, '/home')
    portal.forward('PT20M')
    const wrong: string[] = []
    for (const { method, at } of all.filter(({ level }) => level === 'steppedUp' || level === 'enrolling')) {
      for (const address of at.includes(':step') ? steps().map((step) => at.replace(':step', step)) : [filled(at)]) {
        const { status, headers } = await attempt(person, method, address, token)
        if (status !== 303 || headers.location !== '/step-up')
          wrong.push(`${method} ${address}: ${status} ${headers.location ?? ''}`)
      }
    }
    expect(wrong).toEqual([])
  },
)

/** Levels somebody in this state may pass beside the public ones. */
const states: Record<string, { may: string[]; own: RegExp; arrive(person: HttpPerson): Promise<void> }> = {
  nobody: { may: [], own: /^\/sign-in$/, arrive: async (person) => person.go('/sign-in') },
  'somebody in the middle of the onboarding': {
    may: ['enrolling'],
    own: /^\/onboarding(\/intro)?$/,
    async arrive(person) {
      const client = new Client(portal, 'kring', `midden-${crypto.randomUUID()}@proef.example`)
      const staff = httpPerson(portal, 'kring')
      await signsIn(portal, 'kring', staff)
      await invites(staff, client)
      await person.go(await client.link())
      await client.answer(person)
    },
  },
  'somebody who still owes the second step': {
    may: ['secondStep'],
    own: /^\/sign-in\/code$/,
    async arrive(person) {
      await person.go('/sign-in')
      await person.fill({ identifier: 'hanna@kring.example', password: 'blauwe?fiets-op-zolder' })
      await person.press()
      expect(await person.at()).toBe('/sign-in/code')
    },
  },
}

test.each(Object.entries(states))(
  'nothing beyond the pending step is there for %s',
  async (_, { may, own, arrive }) => {
    const person = httpPerson(portal, 'kring')
    await arrive(person)
    const token = await tokenOf(person)
    const wrong: string[] = []
    for (const { method, at, level } of all.filter(
      (route) => !['public', 'installation', ...may].includes(route.level),
    )) {
      const { status, headers } = await attempt(person, method, filled(at), token)
      if (status !== 303 || !own.test(String(headers.location)))
        wrong.push(`${method} ${at} (${level}): ${status} ${headers.location ?? ''}`)
    }
    expect(wrong).toEqual([])
  },
)

/** Every way to write an address that a router, a proxy or a library may take for the same. */
const spellings = (at: string): string[] => [
  `${at}/`,
  `/${at}`,
  at.replaceAll('/', '//'),
  at.toUpperCase(),
  `${at}?_method=GET&_csrf=x`,
  `/.${at}`,
  `/sign-in/..${at}`,
  `${at};x`,
  `${at}.html`,
  at.replace(/(.)\//g, '$1%2f'),
  at.replace(/\/(\w)/, (_, first: string) => `/%${first.charCodeAt(0).toString(16)}`),
  `${at}%00`,
  at.replaceAll('/', '\\'),
]

test.each(Object.entries(states).slice(1))('nor by any method or spelling, for %s', async (_, { may, own, arrive }) => {
  const person = httpPerson(portal, 'kring')
  await arrive(person)
  const token = await tokenOf(person)
  const wrong: string[] = []
  async function knocks(method: string, at: string): Promise<void> {
    const { status, headers } = await person.ask(at, {
      method,
      headers: { 'x-csrf-token': token, 'sec-fetch-site': 'same-origin', 'x-http-method-override': 'GET' },
    })
    const home = status === 303 && own.test(String(headers.location))
    if (!home && ![400, 403, 404].includes(status)) wrong.push(`${method} ${at}: ${status} ${headers.location ?? ''}`)
  }
  const beyond = new Set(
    all.filter((route) => !['public', 'installation', ...may].includes(route.level)).map(({ at }) => filled(at)),
  )
  // An address may lead one way to everybody and another way to who is in: that is no way beyond.
  const open = new Set(
    all.filter((route) => ['public', ...may].includes(route.level)).map(({ method, at }) => `${method} ${filled(at)}`),
  )
  for (const at of beyond) {
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
      (method) => !open.has(`${method === 'HEAD' ? 'get' : method.toLowerCase()} ${at}`),
    )
    await Promise.all(methods.map((method) => knocks(method, at)))
    await Promise.all(
      spellings(at).flatMap((spelt, nth) =>
        methods
          .filter((method) => method === 'GET' || (method === 'POST' && nth < 4))
          .map((method) => knocks(method, spelt)),
      ),
    )
  }
  expect(wrong).toEqual([])
})

test('a client who may not invite finds no staff pages: the same bytes as an address nobody has', async () => {
  const person = httpPerson(portal, 'kring')
  await signsIn(portal, 'kring', person, 'client')
  const unknown = bare((await person.ask('/bestaat/niet')).text)
  for (const { at } of all.filter(({ method, permission }) => method === 'get' && permission !== undefined)) {
    const { status, text } = await person.ask(filled(at))
    expect([status, bare(text).replaceAll(filled(at), '/bestaat/niet')], at).toEqual([404, unknown])
  }
})

test('the cookie of one firm is worth nothing at another', async () => {
  const person = httpPerson(portal, 'kring')
  await signsIn(portal, 'kring', person, 'staff')
  const cookie = [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  expect((await ask(portal, 'kring', '/home', { headers: { cookie } })).status).toBe(200)
  for (const { at } of all.filter(
    ({ method, level }) => method === 'get' && !['public', 'installation'].includes(level),
  )) {
    const { status, headers, text } = await ask(portal, 'loonhuis', filled(at), { headers: { cookie } })
    expect([status, headers.location], at).toEqual([303, '/sign-in'])
    expect(text).not.toContain('Joris')
  }
})

test('an id of another firm is the same as one nobody has', async () => {
  const person = httpPerson(portal, 'kring')
  await signsIn(portal, 'kring', person, 'staff')
  const [foreign] = await portal.sql<{ id: string }>(
    `select a.id from account a join tenant t on t.id = a.tenant_id where slug = 'loonhuis' limit 1`,
  )
  const [theirs, nobodys] = await Promise.all(
    [foreign!.id, crypto.randomUUID()].map(async (id) => {
      const { status, text } = await person.ask(`/staff/people/${id}`)
      return [status, bare(text).replaceAll(id, '')]
    }),
  )
  expect(theirs).toEqual(nobodys)
  expect(theirs![0]).toBe(404)
})

test('a form from elsewhere, without its token or with another’s, does nothing', async () => {
  const person = httpPerson(portal, 'kring')
  await person.go('/sign-in')
  const token = await tokenOf(person)
  const other = await tokenOf(httpPerson(portal, 'kring'))
  const body = (csrf: string) =>
    new URLSearchParams({
      _csrf: csrf,
      identifier: 'hanna@kring.example',
      password: 'blauwe?fiets-op-zolder',
    }).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const same = { ...type, 'sec-fetch-site': 'same-origin' }
  const refused: [string, Record<string, string>][] = [
    [token, type],
    [token, { ...type, 'sec-fetch-site': 'cross-site' }],
    [token, { ...type, 'sec-fetch-site': 'same-site', origin: portal.url('kring', '') }],
    [token, { ...type, origin: portal.url('loonhuis', '') }],
    [token, { ...type, origin: 'null' }],
    ['', same],
    [other, same],
  ]
  for (const [csrf, headers] of refused)
    expect(
      (await person.ask('/sign-in', { method: 'POST', body: body(csrf), headers })).status,
      JSON.stringify(headers),
    ).toBe(403)
  expect(
    (
      await person.ask('/sign-in', {
        method: 'POST',
        body: body(token),
        headers: { ...type, origin: portal.url('kring', '') },
      })
    ).status,
  ).toBe(303)
})

test('an unknown host is misdirected, and a forwarded one is not believed', async () => {
  expect((await ask(portal, 'bestaatniet', '/')).status).toBe(421)
  const forwarded = await ask(portal, 'kring', '/sign-in', { headers: { 'x-forwarded-host': portal.host('loonhuis') } })
  expect(forwarded.text).toContain('Kring Beoordelaars')
  expect(forwarded.text).not.toContain('Loonhuis')
})

test('every answer has its headers, whatever it is', async () => {
  const person = httpPerson(portal, 'kring')
  await signsIn(portal, 'kring', person, 'staff')
  const script = /src="(\/static\/portal[^"]+)"/.exec((await person.ask('/home')).text)![1]!
  for (const at of ['/home', '/bestaat/niet', '/', '/sign-in/help', '/health', script]) {
    const { headers } = await person.ask(at)
    expect(headers['content-security-policy'], at).toMatch(/default-src 'none'.*script-src 'self'/)
    expect(headers['x-content-type-options'], at).toBe('nosniff')
    expect(headers['referrer-policy'], at).toBeTruthy()
    expect(headers['x-powered-by'], at).toBeUndefined()
  }
  expect((await person.ask('/home')).headers['cache-control']).toContain('no-store')
  await person.go('/home')
  const token = await tokenOf(person, '/home')
  const out = await attempt(person, 'post', '/sign-out', token)
  expect(out.headers['clear-site-data']).toContain('storage')
})
