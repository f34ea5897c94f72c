import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { browserPerson, closeBrowser } from '../support/browser.ts'
import { Client } from '../support/client.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { linkTo } from '../support/phone.ts'
import { invites, signsIn } from '../support/staff.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

async function invited(slug: string, name: string): Promise<{ client: Client; staff: HttpPerson }> {
  const client = new Client(portal, slug, `${name}@proef.example`)
  const staff = httpPerson(portal, slug)
  await signsIn(portal, slug, staff)
  await invites(staff, client)
  return { client, staff }
}

/** A second tab of the same browser. */
function tabOf(person: HttpPerson, slug: string): HttpPerson {
  const tab = httpPerson(portal, slug)
  for (const [name, value] of person.cookies) tab.cookies.set(name, value)
  return tab
}

test('scanners open the link as often as they like: GET and HEAD change nothing', async () => {
  const { client } = await invited('kring', 'scanner')
  const link = new URL(await client.link()).pathname
  const before = JSON.stringify(await portal.sql('select * from one_time order by id'))
  for (let time = 0; time < 5; time++) {
    const scanner = httpPerson(portal, 'kring')
    expect((await scanner.ask(link)).status).toBe(200)
    expect((await scanner.ask(link, { method: 'HEAD' })).status).toBe(200)
  }
  expect(JSON.stringify(await portal.sql('select * from one_time order by id'))).toBe(before)
  const person = httpPerson(portal, 'kring')
  await person.go(link)
  // A program that sends the form as it stands spends nothing either.
  await person.press()
  expect(person.status()).toBe(422)
  expect(JSON.stringify(await portal.sql('select * from one_time order by id'))).toBe(before)
  expect(await client.answer(person)).toBe('password')
})

test('a used link says so and leads to signing in; it names nobody', async () => {
  const { client } = await invited('kring', 'gebruikt')
  const person = httpPerson(portal, 'kring')
  const link = await client.link()
  await person.go(link)
  await client.until(person, 'home')
  const later = httpPerson(portal, 'kring')
  await later.go(link)
  expect(later.status()).toBe(410)
  expect(await later.sees('main a[href="/sign-in"]')).toBe(true)
  expect(await later.reads()).not.toMatch(/Noor|proef\.example/)
})

test('an expired link offers a new one, with the same answer for everybody', async () => {
  const { client } = await invited('kring', 'verlopen')
  const old = await client.link()
  portal.forward('PT73H')
  const person = httpPerson(portal, 'kring')
  await person.go(old)
  expect(person.status()).toBe(410)
  await person.follow('/activation/new')
  const words: string[] = []
  for (const identifier of [client.email, 'niemand@proef.example']) {
    await person.go('/activation/new')
    await person.fill({ identifier })
    await person.press()
    words.push(await person.reads())
  }
  expect(words[0]).toBe(words[1])
  expect(await portal.outbox('kring', 'niemand@proef.example')).toHaveLength(0)
  const fresh = await linkTo(portal, 'kring', client.email)
  expect(fresh).not.toBe(old)
  await person.go(fresh)
  expect(await client.page(person)).toBe('password')
})

test('sent again while the first link is open in a tab: the old form is told there is a newer link', async () => {
  const { client, staff } = await invited('kring', 'opnieuw')
  const person = httpPerson(portal, 'kring')
  await person.go(await client.link())
  portal.forward('PT61S')
  await staff.go(`/staff/people?search=${client.email}`)
  await staff.follow('table a[href^="/staff/people/"]')
  await staff.follow(`${await staff.at()}/invitation`)
  await staff.press()
  await person.fill({ password: client.password, repeat: client.password })
  await person.press()
  expect(person.status()).toBe(410)
  expect(await person.sees('main [name=password]')).toBe(false)
  await person.go(await client.link())
  expect(await client.answer(person)).toBe('password')
})

test('signed in as somebody else: the page says so, and going on ends the other session', async () => {
  const { client, staff } = await invited('kring', 'ander')
  await staff.go(await client.link())
  expect(await staff.sees('main [name=password]')).toBe(false)
  const link = await staff.at()
  await staff.press(`${link}/switch`)
  expect(await client.page(staff)).toBe('password')
  await staff.go('/staff/people')
  expect(await staff.at()).toBe('/sign-in')
})

test('every other step’s address leads to the present one, and a finished step does not come back', async () => {
  const { client } = await invited('kring', 'adres')
  const person = httpPerson(portal, 'kring')
  await person.go(await client.link())
  await client.answer(person)
  for (const step of ['password', 'authenticator', 'phone', 'backup-code', 'done', 'nonsense']) {
    await person.go(`/onboarding/${step}`)
    expect(await person.at(), step).toBe('/onboarding/intro')
  }
  for (const beyond of ['/home', '/staff/people', '/home/widgets/mine']) {
    await person.go(beyond)
    expect(await person.at(), beyond).toBe('/onboarding/intro')
  }
  expect((await person.ask('/onboarding/authenticator.png')).status).toBe(404)
})

test('two tabs: the picture is the same, a stale form gets 409 with the present step, the same form twice goes on', async () => {
  const { client } = await invited('kring', 'tabs')
  const first = httpPerson(portal, 'kring')
  await first.go(await client.link())
  await client.until(first, 'authenticator')
  const second = tabOf(first, 'kring')
  await second.go('/onboarding')
  expect(await second.words('#key')).toBe(await first.words('#key'))
  await second.fill({ code: '000000' })
  const stale = second.form()
  await client.answer(first)
  await second.send(stale)
  expect(second.status()).toBe(409)
  expect(await client.page(second)).toBe('phone')
  expect(Object.keys(await second.mistakes())).toEqual([''])
})

test('the backup code is shown until it is put away, and never after', async () => {
  const { client } = await invited('kring', 'herladen')
  const person = httpPerson(portal, 'kring')
  await person.go(await client.link())
  await client.until(person, 'backupCode')
  const shown = await person.words('#backup')
  await person.go('/onboarding/backup-code')
  expect(await person.words('#backup')).toBe(shown)
  await client.answer(person)
  await person.go('/onboarding/backup-code')
  expect(await person.at()).toBe('/onboarding/done')
  expect(person.page().toString()).not.toContain(shown)
  const everything = await portal.sql<{ all: string }>(
    `select string_agg(row_to_json(b)::text, '') as all from backup_code b`,
  )
  expect(everything[0]?.all).not.toContain(shown.replaceAll('-', ''))
})

test.each([true, false])(
  'in a browser (JavaScript: %s) back, reload and a double click do no harm',
  async (javaScript) => {
    const { client } = await invited('kring', `terug${javaScript}`)
    const person = await browserPerson(portal, 'kring', { javaScript })
    await person.go(await client.link())
    await client.answer(person)
    await client.answer(person)
    expect(await client.page(person)).toBe('authenticator')
    await person.back()
    expect(await client.page(person)).toBe('authenticator')
    await person.page.reload()
    expect(await client.page(person)).toBe('authenticator')
    await client.answer(person)
    await person.page.locator('main [name=phone]').fill(client.number)
    await person.page.locator('main form button[type=submit]').first().dblclick()
    await person.page.locator('main [name=code]').waitFor()
    expect(
      (await portal.outbox('kring')).filter(({ kind, to }) => kind === 'sms' && to.endsWith(client.number.slice(-8))),
    ).toHaveLength(1)
    await client.until(person, 'home')
    await person.close()
  },
)
