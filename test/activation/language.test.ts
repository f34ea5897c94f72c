import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueLink, putLink } from '../../src/identity/tokens/links.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { enters, invitedTo, nobody, somebody } from '../support/somebody.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal({ people: true })
})
afterAll(() => portal.close())

const spoken = (person: HttpPerson) => person.page().querySelector('html')?.getAttribute('lang')
const asks = (person: HttpPerson, language: string) =>
  person.ask('/sign-in', { headers: { 'accept-language': language } })
const langOf = (text: string) => /<html lang="(\w+)"/.exec(text)?.[1]

test.each(['kring', 'polder', 'linde'])(
  '%s: the first page of an invitation is in the language of its mail, whatever this browser spoke before',
  async (slug) => {
    const client = await invitedTo(portal, slug, { language: 'en' })
    const person = httpPerson(portal, slug)
    await person.go('/sign-in')
    await person.press('en')
    await person.press('nl')
    await person.go(await client.link())
    expect(spoken(person)).toBe('en')
    await client.answer(person)
    expect(spoken(person), 'and so is the page after it').toBe('en')
  },
)

test('what is chosen on the pages of the link itself goes before the link, until the end', async () => {
  const client = await invitedTo(portal, 'kring', { language: 'en' })
  const person = httpPerson(portal, 'kring')
  await person.go(await client.link())
  await person.press('nl')
  expect(spoken(person)).toBe('nl')
  await person.go(await client.link())
  expect(spoken(person)).toBe('nl')
  await client.answer(person)
  expect(spoken(person)).toBe('nl')
})

test('links of a way back, of a notice and of a new address speak the language of whom they were for, alive and dead', async () => {
  const { id, email } = await somebody(portal, 'kring')
  await portal.sql(`update account set language = 'en' where id = $1`, [id])
  const context = nobody(portal, 'kring')
  const links = await context.transaction(async (inner) => [
    `/recovery/${await issueLink(inner, id, 'reset', 'PT30M')}`,
    `/profile/not-me/${await putLink(inner, id, 'notMe', 'P7D', email)}`,
    `/profile/email/${await issueLink(inner, id, 'emailChange', 'PT24H', email)}`,
    `/recovery/cancel/${await issueLink(inner, id, 'resetCancel', 'P1D')}`,
  ])
  for (const late of [false, true]) {
    if (late) portal.forward('P8D')
    for (const link of links) {
      const person = httpPerson(portal, 'kring')
      await person.go(link)
      expect([
        link.split('/').slice(1, -1).join('/'),
        spoken(person),
        person.status() < 405 || person.status() === 410,
      ]).toEqual([expect.any(String), 'en', true])
    }
  }
})

test('a link nobody was sent speaks what the browser asks for: it tells nothing', async () => {
  const text = async (language: string) =>
    langOf(
      (
        await httpPerson(portal, 'kring').ask(`/activation/${'x'.repeat(43)}`, {
          headers: { 'accept-language': language },
        })
      ).text,
    )
  expect([await text('en'), await text('nl')]).toEqual(['en', 'nl'])
})

test.each([
  ['en-GB,en;q=0.9,nl;q=0.8', 'en'],
  ['nl-BE', 'nl'],
  ['de;q=0.9, en;q=0.5, nl;q=0.7', 'nl'],
  ['fr', 'nl'],
  ['*', 'nl'],
  ['en;q=0, nl', 'nl'],
  ['', 'nl'],
  ['nl;q=nonsense', 'nl'],
  ['en-US', 'en'],
])('a browser that asks for %j gets %s', async (asked, gets) => {
  expect(langOf((await asks(httpPerson(portal, 'kring'), asked)).text)).toBe(gets)
})

test('what was chosen in this browser goes before what it asks for', async () => {
  const person = httpPerson(portal, 'kring')
  await person.go('/sign-in')
  await person.press('en')
  expect(langOf((await asks(person, 'nl')).text)).toBe('en')
})

test('the mail of somebody English leads to an English sign-in page, which stays so after a mistake and until another is chosen', async () => {
  const client = await invitedTo(portal, 'polder', { language: 'en' })
  const before = httpPerson(portal, 'polder')
  await before.go(await client.link())
  await client.until(before, 'signIn')
  const [link = ''] = (await portal.outbox('polder', client.email)).flatMap(
    ({ text }) => /http\S+\/sign-in\S*/.exec(text)?.[0] ?? [],
  )
  const person = httpPerson(portal, 'polder')
  await person.go(link)
  expect([spoken(person), await person.heading()]).toEqual(['en', 'Sign in'])
  await person.fill({ identifier: client.username!, password: 'dit klopt vast niet' })
  await person.press()
  expect([spoken(person), person.status()]).toEqual(['en', 422])
  await person.go('/recovery')
  expect(spoken(person)).toBe('en')
  await person.go(link)
  await person.press('nl')
  expect([spoken(person), await person.at()]).toEqual(['nl', '/sign-in'])
})

test('who signs out stays in the language they had', async () => {
  const who = await somebody(portal, 'kring')
  await portal.sql(`update account set language = 'en' where id = $1`, [who.id])
  const person = await enters(who)
  await person.press('/sign-out')
  expect([spoken(person), await person.at()]).toEqual(['en', '/sign-in'])
})
