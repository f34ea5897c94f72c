import { afterAll, beforeAll, expect, test } from 'vitest'
import { password } from '../../src/modules/development/index.ts'
import { tellAlarms } from '../../src/modules/sign-in/index.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { enters, entersWith, givesPassword, nobody, somebody, type Somebody } from '../support/somebody.ts'
import { codeTo } from '../support/phone.ts'
import { otherChoices } from '../support/choices.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
/** Fewer than the usual hundred: each of them takes a hash. */
const everywhere = 20
beforeAll(async () => {
  portal = await openTestPortal({
    env: { TRUSTED_PROXIES: '127.0.0.1', ...(await otherChoices('kring', { waiting: { everywhere } })) },
  })
})
afterAll(() => portal.close())

/** A new browser, somewhere on the internet. */
const from = (network: string, slug = 'kring') => httpPerson(portal, slug, { 'x-forwarded-for': network })
const wrongly = async (person: HttpPerson, who: Pick<Somebody, 'identifier'>) => {
  await givesPassword(person, who, 'dit is het niet')
  return person.status()
}
/** Signed out, in the same browser. */
const comesBack = (person: HttpPerson) => {
  person.cookies.delete('portal')
  return person
}
const network = (nth: number) => `198.51.${Math.floor(nth / 250)}.${(nth % 250) + 1}`

/** So many wrong passwords in a row, spread over many networks. */
async function flood(who: Pick<Somebody, 'identifier'>, many: number, first = 0): Promise<number[]> {
  const seen: number[] = []
  for (let nth = 0; nth < many; nth += 5) {
    const stranger = from(network(first + nth))
    for (let time = 0; time < Math.min(5, many - nth); time++) seen.push(await wrongly(stranger, who))
  }
  return seen
}
const alarms = async (who: Somebody, slug = 'kring') => {
  await tellAlarms(nobody(portal, slug))
  return (await portal.outbox(slug, who.email)).filter(({ text }) => text.includes('/sign-in/browser/'))
}

test('six wrong passwords and then one every sixteen minutes make only their own network wait', async () => {
  const who = await somebody(portal, 'kring')
  const own = comesBack(await enters(who))
  const stranger = from('203.0.113.9')
  const answers = []
  for (let time = 0; time < 6; time++) answers.push(await wrongly(stranger, who))
  expect(answers).toEqual([422, 422, 422, 422, 422, 429])
  for (let round = 0; round < 6; round++) {
    portal.forward('PT16M')
    expect(await wrongly(stranger, who), 'waits end by themselves').toBe(422)
    expect(await wrongly(stranger, who)).toBe(429)
    await givesPassword(comesBack(own), who)
    expect(await own.at(), 'the browser that signed in before').toBe('/sign-in/code')
    const elsewhere = from('192.0.2.44')
    await givesPassword(elsewhere, who)
    expect(await elsewhere.at(), 'a new browser at another address').toBe('/sign-in/code')
  }
  // From the stranger's own network, too, whoever signed in there before.
  const beside = httpPerson(portal, 'kring', { 'x-forwarded-for': '203.0.113.9' })
  for (const [name, value] of own.cookies) beside.cookies.set(name, value)
  comesBack(beside)
  await givesPassword(beside, who)
  expect(await beside.at()).toBe('/sign-in/code')
})

test('a name written another way is no new count', async () => {
  for (const who of [await somebody(portal, 'kring'), { identifier: 'nooit-hier@proef.example' }]) {
    const answers = []
    for (const written of ['', '\u200b', '\u2060', ' ', '\u00ad', '\ufeff'])
      answers.push(await wrongly(from('203.0.113.30'), { identifier: `${written}${who.identifier.toUpperCase()}` }))
    expect(answers).toEqual([422, 422, 422, 422, 422, 429])
  }
})

test('an IPv6 household is one network, however its addresses are written, and IPv4 is no second one', async () => {
  const who = await somebody(portal, 'kring')
  const answers = []
  for (let n = 1; n <= 6; n++) answers.push(await wrongly(from(`2001:db8::${n}:0:0:1`), who))
  expect(answers).toEqual([422, 422, 422, 422, 422, 429])
  for (let n = 1; n <= 5; n++) await wrongly(from('192.0.2.77'), who)
  expect(await wrongly(from('::ffff:192.0.2.77'), who)).toBe(429)
})

test('a hundred is the most a firm may allow', () => {
  expect(portal.tenant('linde').policy.waiting.everywhere).toBe(100)
})

test('after too many in a row, a hundred unless the firm says fewer, new browsers wait; the owner gets one mail, and its link gives that browser its own count', async () => {
  const who = await somebody(portal, 'kring')
  const unknown = { identifier: 'nooit-geweest@proef.example' }
  const own = comesBack(await enters(who))
  for (const [name, start] of [
    [who, 0],
    [unknown, 1000],
  ] as const)
    expect(new Set(await flood(name, everywhere, start))).toEqual(new Set([422]))
  const [known, nobodys] = [from('192.0.2.61'), from('192.0.2.62')]
  await givesPassword(known, who)
  await givesPassword(nobodys, unknown)
  expect([known.status(), nobodys.status()]).toEqual([429, 429])
  const bare = (person: HttpPerson, typed: string) =>
    person
      .page()
      .toString()
      .replaceAll(typed, 'X')
      .replace(/name="(_csrf|nonce)" value="[^"]*"|data-options="[^"]*"/g, '')
  expect(bare(known, who.identifier)).toBe(bare(nobodys, unknown.identifier))
  expect(await known.reads()).toContain('Kijk in uw mail')
  // Nobody is kept out who signed in before.
  await givesPassword(own, who)
  expect(await own.at()).toBe('/sign-in/code')

  const [mail, ...more] = await alarms(who)
  expect(more).toEqual([])
  const link = /\S+\/sign-in\/browser\/[\w-]+/.exec(mail!.text)![0]
  await known.go(link)
  await known.fill({ email: 'iemand-anders@proef.example' })
  await known.press()
  expect(Object.keys(await known.mistakes())).toEqual(['email'])
  await known.fill({ email: who.email })
  await known.press()
  expect(await known.at()).toBe('/sign-in')
  expect(await wrongly(known, who), 'the password is still asked').toBe(422)
  await givesPassword(known, who)
  expect(await known.at()).toBe('/sign-in/code')
  const late = from('192.0.2.64')
  await late.go(link)
  expect(late.status(), 'the link works once').toBe(410)

  for (let round = 0; round < 4; round++) {
    portal.forward('PT16M')
    await wrongly(from(network(2000 + round)), who)
  }
  expect(await alarms(who), 'and there is no second mail').toHaveLength(1)
  portal.forward('PT16M')
  await entersWith(from('192.0.2.65'), who)
  expect(await wrongly(from('192.0.2.66'), who), 'signing in ends the row').toBe(422)
})

test('a trusted computer has its own count, also one that was trusted before browsers were known', async () => {
  const who = await somebody(portal, 'linde')
  const own = httpPerson(portal, 'linde')
  await givesPassword(own, who)
  await own.fill({ code: await codeTo(portal, 'linde', who.email, 'mail'), trust: true })
  await own.press()
  expect(await own.at()).toBe('/home')
  own.cookies.delete('known')
  const beside = httpPerson(portal, 'linde')
  for (let time = 0; time < 6; time++) await wrongly(beside, who)
  expect(beside.status(), 'anybody else at the same address').toBe(429)
  await givesPassword(comesBack(own), who)
  expect(await own.at()).toBe('/home')
})

test('who knows the password and guesses codes does not keep the owner out of the second step', async () => {
  const who = await somebody(portal, 'kring', { app: true })
  const own = httpPerson(portal, 'kring')
  await givesPassword(own, who)
  await own.fill({ code: who.app() })
  await own.press()
  const thief = from('203.0.113.10')
  await givesPassword(thief, who)
  for (let time = 0; time < 6; time++) {
    await thief.fill({ code: '000000' })
    await thief.press()
  }
  expect(thief.status()).toBe(429)
  portal.forward('PT1M')
  await givesPassword(comesBack(own), who, password)
  await own.fill({ code: who.app() })
  await own.press()
  expect(await own.at()).toBe('/home')
})

test('a hundred tries from one network in a quarter of an hour, whatever the names, make it wait, and no browser its owner knows', async () => {
  const [who, at] = [await somebody(portal, 'kring'), '203.0.113.77']
  const own = comesBack(await enters(who))
  const { limits, keyedDigest, clock } = portal.services
  const key = keyedDigest('sign-in network', at)
  for (let nth = 0; nth < 99; nth++)
    await limits.countTry([], clock.now(), { key, limit: { most: 100, within: Temporal.Duration.from('PT15M') } })
  const stranger = from(at)
  expect(await wrongly(stranger, who), 'the hundredth').toBe(422)
  await givesPassword(stranger, who)
  expect(stranger.status(), 'right, and too many').toBe(429)
  const beside = httpPerson(portal, 'kring', { 'x-forwarded-for': at })
  for (const [name, value] of own.cookies) beside.cookies.set(name, value)
  await givesPassword(comesBack(beside), who)
  expect(await beside.at(), 'known there').toBe('/sign-in/code')
  portal.forward('PT16M')
  await givesPassword(stranger, who)
  expect(await stranger.at(), 'it ends by itself').toBe('/sign-in/code')
})
