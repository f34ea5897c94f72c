import { afterAll, beforeAll, expect, test } from 'vitest'
import { savePhone } from '../../src/identity/factors/index.ts'
import { sendCodeTo } from '../../src/identity/factors/sms/factor.ts'
import { findAccount } from '../../src/identity/accounts/index.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { enters, givesPassword, invitedTo, nobody, somebody, type Somebody } from '../support/somebody.ts'
import { codeTo } from '../support/phone.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
})
afterAll(() => portal.close())

const from = (network: string, slug: string) => httpPerson(portal, slug, { 'x-forwarded-for': network })
const mails = async (slug: string, to: string, link: string) =>
  (await portal.outbox(slug, to)).filter(({ text }) => text.includes(link)).length
/** "vanaf 15.04 uur": the moment, in words. */
const moment = /vanaf (\d+ \w+ \d{4}, )?\d+\.\d\d uur/i

/** Tries to send once more so many times, after a wait each time. */
async function often(times: number, wait: string, send: () => Promise<void>): Promise<void> {
  for (let time = 0; time < times; time++) {
    portal.forward(wait)
    await send()
  }
}

test('the temporary password: once a minute, five in an hour, ten in a day; the page says from when', async () => {
  const client = await invitedTo(portal, 'linde')
  const person = httpPerson(portal, 'linde')
  await person.go(await client.link())
  await client.until(person, 'signInStep')
  const sent = async () =>
    (await portal.outbox('linde', client.email)).filter(({ text }) => /\b[a-z0-9]{4}(-[a-z0-9]{4}){4}\b/.test(text))
      .length
  const first = await sent()
  expect(first).toBe(1)
  expect(await person.reads()).toMatch(moment)
  await person.press('resend')
  expect((await person.mistakes())['']).toMatch(moment)
  expect(await sent()).toBe(1)
  await often(6, 'PT61S', () => person.press('resend'))
  expect(await sent(), 'in an hour').toBe(5)
  expect(await person.reads()).toMatch(moment)
  await often(10, 'PT20M', () => person.press('resend'))
  expect(await sent(), 'in a day').toBe(10)
})

/** Asks for the mail by this name, in a browser of its own unless one is given. */
async function asks(
  at: string,
  slug: string,
  identifier: string,
  person = httpPerson(portal, slug),
): Promise<HttpPerson> {
  await person.go(at)
  await person.fill({ identifier })
  await person.press()
  return person
}
const bare = (person: HttpPerson) =>
  person
    .page()
    .toString()
    .replace(/name="(_csrf|nonce)" value="[^"]*"/g, '')

test.each(['/recovery', '/activation/new'])(
  '%s: once a minute, five in an hour, ten in a day, and the same words and moment for a name nobody has',
  async (at) => {
    const reset = at === '/recovery'
    const who = reset ? await somebody(portal, 'kring') : await invitedTo(portal, 'kring')
    const count = () => mails('kring', who.email, reset ? '/recovery/' : '/activation/')
    const before = await count()
    const once = async () => void (await asks(at, 'kring', who.email))
    const twice = async () => {
      const [one, other] = [await asks(at, 'kring', who.email), await asks(at, 'kring', `niet-${who.email}`)]
      expect(bare(one)).toBe(bare(other))
      expect(await one.reads()).toMatch(moment)
    }
    await twice()
    await twice()
    expect((await count()) - before, 'not within the minute').toBe(1)
    await often(6, 'PT61S', once)
    expect((await count()) - before, 'in an hour').toBe(5)
    await often(7, 'PT30M', once)
    expect((await count()) - before, 'in a day').toBe(10)
    if (!reset) return
    // Whoever signed in here before has what they may ask for themselves.
    const own = await enters(who as Somebody)
    own.cookies.delete('portal')
    await asks(at, 'kring', who.email, own)
    expect((await count()) - before).toBe(11)
  },
)

test('a network that asked too much keeps nobody out who signed in before', async () => {
  const who = await somebody(portal, 'kring')
  const own = await enters(who)
  own.cookies.delete('portal')
  const beside = from('203.0.113.80', 'kring')
  const { limits, keyedDigest, clock } = portal.services
  for (let nth = 0; nth < 19; nth++)
    await limits.countAttempt(keyedDigest('reset network', '203.0.113.80'), [], clock.now())
  await asks('/recovery', 'kring', 'wie@proef.example', beside)
  expect(beside.status()).toBe(200)
  await asks('/recovery', 'kring', 'wie-dan-ook@proef.example', beside)
  expect(beside.status()).toBe(429)
  const mine = from('203.0.113.80', 'kring')
  for (const [name, value] of own.cookies) mine.cookies.set(name, value)
  await asks('/recovery', 'kring', who.email, mine)
  expect([mine.status(), await mails('kring', who.email, '/recovery/')]).toEqual([200, 1])
})

test('a code that is out: the page says from when another can be asked', async () => {
  const who = await somebody(portal, 'kring')
  const person = httpPerson(portal, 'kring')
  await givesPassword(person, who)
  expect(await person.reads()).toMatch(moment)
  await person.press('/sign-in/code/again')
  expect((await person.mistakes())['']).toMatch(moment)
  portal.forward('PT61S')
  await person.press('/sign-in/code/again')
  expect(await person.mistakes()).toEqual({})
})

test('a new mail address: asked again after a minute, and the page says the moment', async () => {
  const person = await enters(await somebody(portal, 'kring'))
  const ask = async () => {
    await person.go('/profile/email')
    await person.fill({ email: 'ander-adres@proef.example' })
    await person.press()
  }
  await ask()
  expect(await person.reads()).toMatch(moment)
  await ask()
  expect([person.status(), (await person.mistakes()).email]).toEqual([422, expect.stringMatching(moment)])
  portal.forward('PT61S')
  await ask()
  expect(await person.at()).toBe('/profile/email/sent')
})

test('who types somebody else’s number as their own uses up none of the codes its owner signs in with', async () => {
  const [owner, other] = [await somebody(portal, 'kring'), await somebody(portal, 'kring')]
  const context = nobody(portal, 'kring')
  await savePhone(context, owner.id, owner.number)
  const stranger = (await findAccount(context, other.id))!
  let claims = 0
  for (let time = 0; time < 12; time++) {
    portal.forward('PT10M')
    if (
      (await nobody(portal, 'kring').transaction((inner) => sendCodeTo(inner, stranger, 'phoneCode', owner.number))) ===
      null
    )
      claims++
  }
  expect(claims, 'and a stranger’s phone is no bell').toBe(10)
  const person = httpPerson(portal, 'kring')
  await givesPassword(person, owner)
  await person.fill({ code: await codeTo(portal, 'kring', owner.number) })
  await person.press()
  expect(await person.at()).toBe('/home')
})
