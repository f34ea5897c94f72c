import { afterAll, beforeAll, expect, test } from 'vitest'
import { readUsername } from '../../src/identity/accounts/index.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { httpPerson } from '../support/http.ts'
import { enters, givesPassword, invitedTo, somebody } from '../support/somebody.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal({ people: true })
})
afterAll(() => portal.close())

const details = (text: string) =>
  Object.fromEntries([...text.matchAll(/^([^:\n]+): (\S.*)$/gm)].map(([, label, value]) => [label, value]))

test.each([
  [
    'kring',
    'nl',
    {
      Adres: 'http://kring.',
      'E-mailadres': 'genood-',
      'Tweede stap': 'Code uit een app op uw telefoon of code per sms',
    },
  ],
  [
    'loonhuis',
    'en',
    { Address: 'http://loonhuis.', 'Email address': 'genood-', 'Second step': 'Code from an app on your phone' },
  ],
  [
    'vandam',
    'nl',
    { Adres: 'http://vandam.', Gebruikersnaam: 'noor', 'E-mailadres': 'genood-', 'Tweede stap': 'Code per sms' },
  ],
  ['polder', 'en', { Address: 'http://polder.', Username: 'noor', 'Second step': 'Code by text message' }],
  ['linde', 'nl', { Adres: 'http://linde.', Gebruikersnaam: 'noor', 'Tweede stap': 'Code per mail' }],
] as const)(
  '%s: at the end of the activation one mail in %s says where and how to sign in, and no secret',
  async (slug, language, says) => {
    const client = await invitedTo(portal, slug, { language })
    if (slug === 'linde') client.hasOwn = false
    const person = httpPerson(portal, slug)
    await person.go(await client.link())
    for (let page = await client.page(person); page !== 'home'; page = await client.page(person)) {
      if (page === 'signIn') portal.forward('PT2M')
      await client.answer(person)
      if (page === 'password') client.hasOwn = true
    }
    const mails = (await portal.outbox(slug, client.email)).filter(({ text }) => /is actief|is active/.test(text))
    expect(mails).toHaveLength(1)
    const { text, html } = mails[0]!
    const told = details(text)
    for (const [label, value] of Object.entries(says)) expect(told[label], label).toContain(value)
    expect(Object.keys(told).filter((label) => ['Gebruikersnaam', 'Username'].includes(label))).toHaveLength(
      slug === 'kring' || slug === 'loonhuis' ? 0 : 1,
    )
    expect(text).toMatch(/\/sign-in\?language=(nl|en)$/m)
    for (const secret of [client.password, client.temporary, client.backupCode, client.app?.secret].filter(
      (each) => typeof each === 'string',
    )) {
      expect(text.includes(secret) || html.includes(secret)).toBe(false)
    }
    // Signing in again tells nothing anew.
    expect(
      (await portal.outbox(slug, client.email)).filter(({ subject }) => subject === mails[0]!.subject),
    ).toHaveLength(1)
  },
)

test.each([
  ['vandam', 'nl', 'Gebruikersnaam: noor'],
  ['polder', 'en', 'Username: noor'],
] as const)('%s: the invitation says the user name (%s)', async (slug, language, says) => {
  const client = await invitedTo(portal, slug, { language })
  const [mail] = await portal.outbox(slug, client.email)
  expect(mail!.text).toContain(says)
  expect(mail!.html).toContain(client.username)
})

test('linde: the user name waits until the date of birth was given', async () => {
  const client = await invitedTo(portal, 'linde')
  expect((await portal.outbox('linde', client.email))[0]!.text).not.toContain(client.username)
})

test('vandam: name and address both open the route, and the page says so in both languages', async () => {
  const who = await somebody(portal, 'vandam')
  for (const identifier of [who.username, who.email, ` ${who.email.toUpperCase()} `]) {
    await enters({ ...who, identifier })
    portal.forward('PT2M')
  }
  const person = httpPerson(portal, 'vandam')
  for (const [language, label, empty] of [
    ['en', 'Username or email address', 'Enter your username or email address.'],
    ['nl', 'Gebruikersnaam of e-mailadres', 'Vul uw gebruikersnaam of e-mailadres in.'],
  ] as const) {
    await person.go(`/sign-in?language=${language}`)
    expect(await person.words('main label[for=identifier]')).toBe(label)
    expect(person.page().querySelector('#identifier')?.getAttribute('type')).toBe('text')
    await person.press()
    expect(await person.mistakes()).toMatchObject({ identifier: empty })
  }
})

test('polder: the address of somebody does not open a route that takes user names', async () => {
  const who = await somebody(portal, 'polder')
  const person = httpPerson(portal, 'polder')
  await givesPassword(person, { identifier: who.email })
  expect(Object.keys(await person.mistakes())).toEqual(['password'])
})

test('no user name is anybody’s address: one with an @ is refused', async () => {
  expect(readUsername('noor@vandam.example')).toMatchObject({ ok: false, key: 'accounts.username.characters' })
})
