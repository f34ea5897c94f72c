import { afterAll, beforeAll, expect, test } from 'vitest'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { codeTo } from '../support/phone.ts'
import { enters, givesPassword, somebody, type Somebody } from '../support/somebody.ts'
import { password } from '../profile/signed-in.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const smsTo = async ({ slug, number }: Somebody) =>
  (await portal.outbox(slug)).filter(({ kind, to }) => kind === 'sms' && to === number)
const alive = ({ id }: Somebody) =>
  portal.sql<{ level: string }>(
    'select level from portal_session where account_id = $1 and revoked_at is null and ends_at > $2',
    [id, portal.services.clock.now().toString()],
  )
async function types(person: HttpPerson, code: string, at = '/sign-in/code'): Promise<string | undefined> {
  await person.fill({ code })
  await person.press(at)
  return (await person.mistakes()).code
}
/** In a browser of their own, as far as the second step. */
async function halfWay(who: Somebody): Promise<HttpPerson> {
  const person = httpPerson(portal, who.slug)
  await givesPassword(person, who)
  expect(await person.at()).toBe('/sign-in/code')
  return person
}

test('a code lets in only where it was asked: elsewhere it is as good as one that is too old', async () => {
  const who = await somebody(portal, 'polder')
  const owner = await halfWay(who)
  const code = await codeTo(portal, who.slug, who.number)
  const thief = await halfWay(who)
  expect(await smsTo(who), 'nothing goes out a second time within the minute').toHaveLength(1)
  const token = /name="_csrf" value="([^"]+)"/.exec((await thief.ask('/sign-in/code')).text)![1]!
  const sent = (typed: string) =>
    thief.ask('/sign-in/code', {
      method: 'POST',
      body: new URLSearchParams({ _csrf: token, code: typed }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    })
  const words = ({ text }: { text: string }) => /<main[\s\S]*<\/main>/.exec(text)![0].replace(/value="[^"]*"/g, '')
  const [right, wrong] = [await sent(code), await sent(code === '123456' ? '654321' : '123456')]
  expect([right.status, words(right)]).toEqual([wrong.status, words(wrong)])
  expect(right.status).toBe(422)
  expect(await types(owner, code), 'where it was asked it still works').toBeUndefined()
  expect(await owner.at()).toBe('/home')
})

test('one that was replaced tells another session nothing either', async () => {
  const who = await somebody(portal, 'polder')
  await halfWay(who)
  const code = await codeTo(portal, who.slug, who.number)
  portal.forward('PT61S')
  const thief = await halfWay(who)
  const own = await codeTo(portal, who.slug, who.number)
  if (own !== code) expect(await types(thief, code)).not.toMatch(/nieuwe/i)
})

test('the sign-in form sent twice at once: one session goes on, with the one code that was sent', async () => {
  const who = await somebody(portal, 'polder')
  const person = httpPerson(portal, who.slug)
  await person.go('/sign-in')
  await person.fill({ identifier: who.identifier, password })
  const sending = person.form()
  await Promise.all([person.send(sending), person.send(sending)])
  expect(await alive(who)).toEqual([{ level: 'secondStep' }])
  expect(await smsTo(who)).toHaveLength(1)
  await person.go('/sign-in/code')
  if ((await person.at()) === '/sign-in/code') {
    expect(await types(person, await codeTo(portal, who.slug, who.number))).toBeUndefined()
    expect(await person.at()).toBe('/home')
  }
})

test('a code that was asked to step up in one session is none in another', async () => {
  const who = await somebody(portal, 'polder')
  const [here, there] = [await enters(who), await enters(who)]
  portal.forward('PT6M')
  for (const person of [here, there]) await person.go('/profile/password')
  await here.press('/step-up/send')
  const code = await codeTo(portal, who.slug, who.number)
  await there.go(`/step-up?way=sms`)
  const token = /name="_csrf" value="([^"]+)"/.exec((await there.ask('/step-up')).text)![1]!
  const { status } = await there.ask('/step-up', {
    method: 'POST',
    body: new URLSearchParams({ _csrf: token, way: 'sms', code }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
  expect(status).toBe(422)
  expect(await types(here, code, '/step-up')).toBeUndefined()
  expect(await here.at()).toBe('/profile/password')
})

test('after too many wrong codes the sign-in is over at once, and does not come back after the wait', async () => {
  const who = await somebody(portal, 'kring')
  const person = await halfWay(who)
  const code = await codeTo(portal, who.slug, who.number)
  const form = person.form('/sign-in/code')
  const { freeFailures, most } = portal.tenant('kring').policy.waiting
  for (let nth = 0; nth < freeFailures; nth++) await types(person, code === '123456' ? '654321' : '123456')
  await person.fill({ code })
  await person.press('/sign-in/code')
  expect([
    person.status(),
    await person.sees('main [name=password]'),
    await person.sees('main form[action="/sign-in/code"]'),
  ]).toEqual([429, true, false])
  expect(await person.reads()).toMatch(/verkeerde code.*Over .* opnieuw inloggen/)
  expect(await alive(who)).toEqual([])
  portal.forward(most)
  expect((await person.ask('/sign-in/code')).headers.location).toBe('/sign-in')
  await person.send({ ...form, fields: form.fields.map(([name, value]) => [name, name === 'code' ? code : value]) })
  expect([person.status(), await person.sees('main [name=password]')]).toEqual([401, true])
  expect(await alive(who)).toEqual([])
  await givesPassword(person, who)
  expect(await types(person, await codeTo(portal, who.slug, who.number))).toBeUndefined()
  expect(await person.at()).toBe('/home')
})

test('the second step waits a quarter of an hour and no longer, however often its page is looked at; whoever gave it stays in', async () => {
  const who = await somebody(portal, 'kring')
  const late = await halfWay(who)
  for (let look = 0; look < 3; look++) {
    portal.forward('PT4M50S')
    await late.go('/sign-in/code')
    expect(await late.at()).toBe('/sign-in/code')
  }
  const person = await halfWay(who)
  portal.forward('PT31S')
  await late.go('/sign-in/code')
  expect(await late.at()).toBe('/sign-in')
  expect(late.page().text).toContain('een kwartier')
  await types(person, await codeTo(portal, who.slug, who.number))
  portal.forward('PT25M')
  await person.go('/profile')
  expect(await person.at()).toBe('/profile')
})

test('after a new password the computer at hand is trusted by a new cookie: a copy of the old one is worth nothing, nor is any other computer', async () => {
  const who = await somebody(portal, 'linde')
  const trusts = async (person: HttpPerson): Promise<HttpPerson> => {
    await person.fill({ code: await codeTo(portal, 'linde', who.email, 'mail'), trust: true })
    await person.press('/sign-in/code')
    expect(await person.at()).toBe('/home')
    return person
  }
  const other = await trusts(await halfWay(who))
  portal.forward('PT2M')
  const person = await trusts(await halfWay(who))
  const copy = person.cookies.get('trust')!
  expect(copy).toBeTruthy()
  await person.go('/profile/password')
  const fresh = 'Drie#natte regenlaarzen'
  await person.fill({ current: password, password: fresh, repeat: fresh })
  await person.press()
  expect(await person.at()).toBe('/profile')
  expect(person.cookies.get('trust')).not.toBe(copy)
  portal.forward('PT2M')
  await person.press('/sign-out')
  await givesPassword(person, who, fresh)
  expect(await person.at(), 'still trusted').toBe('/home')
  for (const trust of [copy, other.cookies.get('trust')!]) {
    portal.forward('PT2M')
    const stranger = httpPerson(portal, 'linde')
    stranger.cookies.set('trust', trust)
    await givesPassword(stranger, who, fresh)
    expect(await stranger.at()).toBe('/sign-in/code')
  }
})
