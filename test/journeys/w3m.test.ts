import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Client } from '../support/client.ts'
import { httpPerson } from '../support/http.ts'
import { signsIn, invites } from '../support/staff.ts'
import { hasW3m, w3mPerson } from '../support/w3m.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
const ends: (() => Promise<void>)[] = []
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

test('on CI there is a w3m to test with', () => {
  if (process.env.CI) expect(hasW3m).toBe(true)
})

async function browses(slug: string) {
  const person = await w3mPerson(portal, slug)
  ends.push(() => person.close())
  return person
}
/** What no page may show in plain text: words for a script, fields without a name on them, empty lists. */
function readsWell(screen: string): void {
  expect(screen).not.toMatch(/Tonen|Bent u er nog|ingelogd blijven|undefined/i)
  expect(screen).not.toMatch(/^\[(?!picture)[^\]\s][^\]]*\]\s*$/m)
  expect(screen).not.toMatch(/^ *\d\.\s*$/m)
}

test.skipIf(!hasW3m)('polder: the whole way in, home, a mistake and out again, in a text browser', async () => {
  const client = new Client(portal, 'polder', 'tekst@proef.example')
  const administrator = httpPerson(portal, 'polder')
  await signsIn(portal, 'polder', administrator, 'client')
  client.username = 'noor.tekst'
  await invites(administrator, client, { role: 'user', username: client.username })

  const person = await browses('polder')
  await person.go(await client.link())
  readsWell(await person.screen())
  await person.fill({ password: 'kort' })
  await person.press()
  expect(Object.keys(await person.mistakes())).toContain('password')
  expect(person.sent().origin ?? person.sent()['sec-fetch-site']).toBeUndefined()
  expect(await client.answer(person)).toBe('together')
  readsWell(await person.screen())
  expect(await client.answer(person)).toBe('phoneCode')
  expect(await client.answer(person)).toBe('done')
  portal.forward('PT2M')
  expect(await client.until(person, 'home')).toEqual(['signIn', 'signInCode'])
  expect(await person.reads()).toContain(client.name)
  readsWell(await person.screen())
  await person.follow('/profile')
  readsWell(await person.screen())
  await person.go('/bestaat/niet')
  expect([person.status(), await person.sees('form[action="/sign-out"]')]).toEqual([404, true])
  await person.press('en')
  expect(await person.reads()).toContain('This page does not exist')
  await person.press('/sign-out')
  expect(await person.at()).toBe('/sign-in')
  await person.go('/home')
  expect(await person.at()).toBe('/sign-in')
})

test.skipIf(!hasW3m)(
  'linde: three mails, an own password, a secret question and home; what was typed waits behind the sign-in',
  async () => {
    const client = Object.assign(new Client(portal, 'linde', 'tekst@elders.example'), { hasOwn: false })
    const staff = httpPerson(portal, 'linde')
    await signsIn(portal, 'linde', staff)
    await invites(staff, client)

    const person = await browses('linde')
    await person.go(await client.link())
    readsWell(await person.screen())
    expect(await client.answer(person)).toBe('birthDate')
    await client.reads()
    expect(await client.answer(person)).toBe('signInStep')
    expect(await client.answer(person)).toBe('signIn')
    readsWell(await person.screen())
    expect(await client.answer(person)).toBe('signInCode')
    expect(await client.page(person)).toBe('password')
    const temporary = client.temporary!
    client.hasOwn = true
    await person.fill({ current: temporary, password: client.password, repeat: client.password })
    await person.press()
    expect(await person.mistakes()).toEqual({})
    readsWell(await person.screen())
    expect(await client.answer(person)).toBe('secretQuestion')
    expect(await client.answer(person)).toBe('signInStep')
    portal.forward('PT2M')
    expect(await client.until(person, 'home')).toEqual(['signIn', 'signInCode'])
    expect(await person.reads()).toContain(client.name)

    await person.go('/profile/name')
    await person.fill({ name: 'Noor de Wit-Bos' })
    portal.forward('PT31M')
    await person.press()
    expect([person.status(), (await person.reads()).includes('dan staat er nog wat u had ingevuld')]).toEqual([
      401,
      true,
    ])
    await client.until(person, 'home')
    expect(await person.at()).toBe('/profile/name')
    expect(await person.screen()).toContain('Noor de Wit-Bos')
    await person.press()
    expect(await person.mistakes()).toEqual({})
    expect(await person.reads()).toContain('Noor de Wit-Bos')
  },
)
