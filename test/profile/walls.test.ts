import { authenticator, sms, type Factor } from '../../src/identity/factors/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deviceOf } from '../../src/identity/sessions/device-words.ts'
import { mayRemove } from '../../src/modules/profile/own.ts'
import { httpPerson } from '../support/http.ts'
import { codeTo } from '../support/phone.ts'
import { signsIn } from '../support/staff.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { client, stepsUp } from './signed-in.ts'
import { bare } from '../support/words.ts'

const firm = 'kring'
const number = '+31612345602'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

test('a wrong step-up is counted, and after the free tries even the right code waits', async () => {
  const person = await client(portal, firm)
  portal.forward('PT6M')
  await person.go('/profile/password')
  await person.press('/step-up/send')
  const { freeFailures } = portal.tenant(firm).policy.waiting
  for (let nth = 0; nth < freeFailures; nth++) {
    await person.fill({ code: '000000' })
    await person.press('/step-up')
    expect(person.status()).toBe(422)
  }
  await person.fill({ code: await codeTo(portal, firm, number) })
  await person.press('/step-up')
  expect(person.status()).toBe(429)
  await person.go('/profile/password')
  expect(await person.at()).toBe('/step-up')
  const refused = await portal.sql(`select from audit_line where action = 'stepUp' and outcome = 'refused'`)
  expect(refused).toHaveLength(freeFailures)
  portal.forward('P2D')
})

test('a form sent after the five minutes leads to the step-up, and from there to the page it stood on', async () => {
  const person = await client(portal, firm)
  await stepsUp(portal, firm, person, '/profile/email', number)
  portal.forward('PT6M')
  await person.fill({ email: 'later@beoordelaar.example' })
  await person.press()
  expect(await person.at()).toBe('/step-up')
  await person.press('/step-up/send')
  await person.fill({ code: await codeTo(portal, firm, number) })
  await person.press('/step-up')
  expect(await person.at()).toBe('/profile/email')
})

test('the same form sent twice at once has one effect', async () => {
  const person = await client(portal, firm)
  await stepsUp(portal, firm, person, '/profile/phone', number)
  await person.fill({ phone: '06 87654321' })
  await person.press()
  await person.fill({ code: await codeTo(portal, firm, '0687654321') })
  const sending = person.form()
  const other = httpPerson(portal, firm)
  for (const [name, value] of person.cookies) other.cookies.set(name, value)
  await Promise.all([person.send(sending), other.send(sending)])
  expect(await person.mistakes()).toEqual({})
  expect(await portal.sql(`select from audit_line where action = 'phone.confirmed'`)).toHaveLength(1)
  expect((await portal.outbox(firm)).filter(({ subject }) => /nummer is ingesteld/.test(subject))).toHaveLength(1)
})

describe("what is somebody else's", () => {
  /** The answer without what is new in every answer. */
  const bytes = (text: string) => bare(text).replace(/[0-9a-f-]{36}|name="_csrf" value="[^"]*"|data-csrf="[^"]*"/g, '')

  test("another person's session gives the same bytes as one that never was", async () => {
    const staff = httpPerson(portal, firm)
    await signsIn(portal, firm, staff)
    const [theirs] = await portal.sql<{ id: string }>(
      `select s.id from portal_session s join account a on a.id = s.account_id where a.kind = 'staff' and s.level = 'signedIn' order by s.started_at desc limit 1`,
    )
    const person = httpPerson(portal, firm)
    await signsIn(portal, 'kring', person, 'admin')
    await person.go('/profile/name')
    const { fields } = person.form()
    const end = async (what: string, id: string) => {
      const response = await person.ask(`/profile/${what}/${id}/end`, {
        method: 'POST',
        body: new URLSearchParams(fields.filter(([name]) => name !== 'name')).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      })
      return [response.status, bytes(response.text)]
    }
    const unknown = await end('sessions', crypto.randomUUID())
    expect(unknown[0]).toBe(404)
    expect(await end('sessions', theirs!.id)).toEqual(unknown)
    expect((await end('computers', crypto.randomUUID()))[0]).toBe(404)
    await staff.go('/home')
    expect(await staff.at()).toBe('/home')
  })

  test('a cookie of one firm is nobody at another', async () => {
    const person = httpPerson(portal, firm)
    await signsIn(portal, firm, person, 'admin')
    const stranger = httpPerson(portal, 'loonhuis')
    for (const [name, value] of person.cookies) stranger.cookies.set(name, value)
    await stranger.go('/profile')
    expect(await stranger.at()).toBe('/sign-in')
  })
})

test('a trusted computer skips the code when signing in, never the step-up; it can be ended', async () => {
  const person = httpPerson(portal, 'linde')
  const { password, whoCanSignIn } = await import('../../src/modules/development/index.ts')
  const who = (await whoCanSignIn(portal.services)).find(({ tenant, kind }) => tenant === 'linde' && kind === 'client')!
  const [mine] = await portal.sql<{ email: string }>('select email from account where username = $1', [who.identifier])
  const enter = async () => {
    await person.go('/sign-in')
    await person.fill({ identifier: who.identifier, password })
    await person.press()
  }
  await enter()
  await person.fill({ code: await codeTo(portal, 'linde', mine!.email, 'mail'), trust: true })
  await person.press()
  await person.press('/sign-out')
  portal.forward('PT2M')
  await enter()
  expect(await person.at()).toBe('/home')
  await person.go('/profile/password')
  expect(await person.at()).toBe('/step-up')
  expect(await person.sees('main [name=password]')).toBe(true)
  await person.go('/profile/computers')
  expect(await person.reads()).toContain('Dit apparaat')
  await person.press('/profile/computers/end')
  await person.press('/sign-out')
  await enter()
  expect(await person.at()).toBe('/sign-in/code')
})

test('the last factor stays where the firm asks one, and may go where it does not or a day is still to come', () => {
  const policy = (slug: string) => portal.tenant(slug).policy
  const facts = (own: Factor[]) => ({
    ownPeople: false,
    has: [...own.map(({ name }) => name), 'backupCode'],
    spent: [],
  })
  const now = (at: string) => Temporal.Instant.from(at)
  const may = (slug: string, own: Factor[], what: Factor, at = '2026-11-20T10:00:00Z') =>
    mayRemove({ choices: policy(slug), now: now(at), services: portal.services }, facts(own), what)
  expect(may('kring', [sms], sms)).toBe(false)
  expect(may('kring', [authenticator, sms], sms)).toBe(true)
  expect(may('polder', [sms], sms)).toBe(false)
  expect(may('vandam', [sms], sms)).toBe(true)
  expect(may('linde', [authenticator], authenticator)).toBe(true)
  expect(may('loonhuis', [authenticator], authenticator)).toBe(true)
  expect(may('loonhuis', [authenticator], authenticator, '2027-01-02T10:00:00Z')).toBe(false)
})

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0',
    'Edge',
    'Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 Version/19.1 Mobile/15E148 Safari/604.1',
    'Safari',
    'iPhone',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', 'Firefox', 'Linux'],
  ['Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/149.0.0.0 Mobile Safari/537.36', 'Chrome', 'Android'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36 Vivaldi/9.1',
    'Vivaldi',
    'Mac',
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/149.0 Mobile/15E148 Safari/604.1',
    'Chrome',
    'iPad',
  ],
  [
    'Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0 Safari/537.36',
    'Chrome',
    'Chromebook',
  ],
  // What somebody calls their own browser is not shown to whoever approves their sign-in.
  ['Your colleague on the phone/1 (Windows NT 10.0)', '', 'Windows'],
  ['curl/8', '', ''],
  ['', '', ''],
])('%s', (agent, browser, system) => expect(deviceOf(agent)).toEqual({ browser, system }))
