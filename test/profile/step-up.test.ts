import { afterAll, beforeAll, expect, test } from 'vitest'
import { password } from '../../src/modules/development/index.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { codeTo } from '../support/phone.ts'
import { savePhone } from '../../src/identity/factors/index.ts'
import { givesPassword, nobody, somebody, type Somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** Signs in where there is no second step to give, or only a mailed code. */
async function plainly(who: Somebody): Promise<HttpPerson> {
  const person = httpPerson(portal, who.slug)
  await givesPassword(person, who)
  if ((await person.at()) === '/sign-in/code') {
    await person.fill({ code: await codeTo(portal, who.slug, who.email, 'mail') })
    await person.press()
  }
  if (await person.sees('main [value=later]')) await person.press('later')
  expect(await person.mistakes()).toEqual({})
  return person
}
const refused = (who: Somebody) =>
  portal.sql<{ detail: object }>(
    `select detail from audit_line where subject = $1 and action = 'stepUp' and outcome = 'refused'`,
    [who.id],
  )

test.each(['linde', 'vandam', 'loonhuis'])(
  'at %s, without a second step of their own, the password shows who somebody is; never a mailed code',
  async (slug) => {
    const who = await somebody(portal, slug)
    await portal.sql('update phone set removed_at = confirmed_at where account_id = $1', [who.id])
    const person = await plainly(who)
    await person.go('/profile/email')
    expect(await person.at()).toBe('/profile/email')
    portal.forward('PT6M')
    await person.go('/profile/email')
    expect(await person.at()).toBe('/step-up')
    expect(await person.sees('main [name=password]')).toBe(true)
    expect(await person.sees('main [name=code]')).toBe(false)
    for (const way of ['mail', 'sms', 'authenticator', 'backupCode'])
      expect((await person.ask(`/step-up?way=${way}`)).status, way).toBe(404)
    const mails = (await portal.outbox(slug, who.email)).length
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['password'])
    expect(await refused(who)).toEqual([])
    await person.fill({ password: 'dit is het niet geweest' })
    await person.press()
    expect([person.status(), Object.keys(await person.mistakes())]).toEqual([422, ['password']])
    expect(await refused(who)).toEqual([{ detail: { by: 'password' } }])
    await person.go('/profile/email')
    expect(await person.at()).toBe('/step-up')
    const before = new Map(person.cookies)
    await person.fill({ password })
    await person.press()
    expect(await person.at()).toBe('/profile/email')
    expect([...person.cookies]).not.toEqual([...before])
    expect(await portal.outbox(slug, who.email)).toHaveLength(mails)
  },
)

test('after the free tries even the right password waits, and the wait ends by itself', async () => {
  const who = await somebody(portal, 'vandam')
  await portal.sql('update phone set removed_at = confirmed_at where account_id = $1', [who.id])
  const person = await plainly(who)
  portal.forward('PT6M')
  await person.go('/profile/password')
  const { freeFailures, most } = portal.tenant('vandam').policy.waiting
  for (let nth = 0; nth < freeFailures; nth++) {
    await person.fill({ password: `dit is poging ${nth} van een ander` })
    await person.press()
    expect(person.status()).toBe(422)
  }
  await person.fill({ password })
  await person.press()
  expect(person.status()).toBe(429)
  expect(await refused(who)).toHaveLength(freeFailures)
  portal.forward(most)
  await person.go('/profile/password')
  await person.fill({ password })
  await person.press()
  expect(await person.at()).toBe('/profile/password')
})

test('who sets up a real factor shows that from then on, and the password will not do any more', async () => {
  const who = await somebody(portal, 'linde', { app: true })
  const person = httpPerson(portal, 'linde')
  await givesPassword(person, who)
  await person.fill({ code: who.app() })
  await person.press()
  portal.forward('PT6M')
  await person.go('/profile/password')
  expect([await person.at(), await person.sees('main [name=password]')]).toEqual(['/step-up', false])
  const { action, method, fields } = person.form('/step-up')
  await person.send({
    action,
    method,
    fields: [...fields.filter(([name]) => name !== 'code'), ['password', password], ['code', '']],
  })
  expect(person.status()).toBe(422)
  await person.go('/profile/password')
  expect(await person.at()).toBe('/step-up')
})

test('a form that was answered before steps nobody up, and forgives no wrong codes', async () => {
  const who = await somebody(portal, 'linde', { app: true })
  const person = httpPerson(portal, 'linde')
  await givesPassword(person, who)
  await person.fill({ code: who.app() })
  await person.press()
  portal.forward('PT6M')
  // Whoever finds the session open may do this without a step-up, and knows the number of that form.
  await person.go('/profile/name')
  await person.fill({ name: 'Iemand Anders' })
  const answered = person.form()
  await person.send(answered)
  const nonce = answered.fields.find(([name]) => name === 'nonce')!
  const { freeFailures } = portal.tenant('linde').policy.waiting
  const tries = async (again: boolean) => {
    await person.go('/profile/password')
    expect(await person.at()).toBe('/step-up')
    await person.fill({ code: who.app() === '123456' ? '654321' : '123456' })
    const form = person.form()
    await person.send(
      again ? { ...form, fields: form.fields.map((each) => (each[0] === 'nonce' ? nonce : each)) } : form,
    )
    return person.status()
  }
  for (let nth = 1; nth < freeFailures; nth++) expect(await tries(false)).toBe(422)
  await tries(true)
  await tries(false)
  expect(await tries(false), 'the wait came').toBe(429)
})

test('what is asked first is what the firm names first', async () => {
  const who = await somebody(portal, 'vandam', { app: true })
  await savePhone(nobody(portal, 'vandam'), who.id, who.number)
  const person = httpPerson(portal, 'vandam')
  await givesPassword(person, who)
  await person.fill({ code: await codeTo(portal, 'vandam', who.number) })
  await person.press('/sign-in/code')
  portal.forward('PT6M')
  await person.go('/profile/password')
  const { of } = portal.tenant('vandam').policy.secondFactor
  expect([await person.at(), person.page().querySelector('main [name=way]')?.getAttribute('value')]).toEqual([
    '/step-up',
    of[0],
  ])
})
