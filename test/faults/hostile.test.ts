import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { Client } from '../support/client.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { invites, signsIn } from '../support/staff.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const values = [
  '',
  ' ',
  '\u0000',
  'a\u0007b',
  'regel\r\nSet-Cookie: x=1',
  'x'.repeat(1999),
  'x'.repeat(2001),
  'x'.repeat(50_000),
  '🐈‍⬛'.repeat(30),
  '‮gnirts‬',
  'مرحبا ١٢٣٤٥٦',
  '<script>alert(1)</script>',
  "'; drop table account; --",
  '{"$ne":null}',
  '../../etc/passwd',
  '%00%0d%0a',
  '\ud800',
  '-1',
  '1e309',
  'NaN',
  '[object Object]',
  'null',
  '__proto__',
  '＠ｅｘａｍｐｌｅ',
  '{firm} {0, plural}',
  '<%= it %>',
]
/** Shapes that are no plain text: nested, twice, without a name, broken encodings. */
const shapes = (name: string) => [
  `${name}[$ne]=`,
  `${name}[]=a&${name}[]=b`,
  `${name}[a][b]=c`,
  `${name}=a&${name}=b`,
  `${name}.__proto__=x`,
  `__proto__[x]=1&${name}=a`,
  `constructor=1&${name}=a`,
  `${name}=%ff%fe`,
  `${name}=%`,
  `=x&${name}`,
]

async function post(person: HttpPerson, at: string, token: string, body: string) {
  return person.ask(at, {
    method: 'POST',
    body: `_csrf=${token}&${body}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
}
const encoded = (value: string) => {
  try {
    return encodeURIComponent(value)
  } catch {
    return '%ED%A0%80'
  }
}

/** Sends every odd value in every field of the form, in every odd shape. @returns what was not a clear answer */
async function torment(person: HttpPerson, at: string, names: string[]): Promise<string[]> {
  const token = /name="_csrf" value="([^"]+)"/.exec((await person.ask('/sign-in/help')).text)![1]!
  const wrong: string[] = []
  const bodies = names
    .flatMap((name) => [...values.map((value) => `${name}=${encoded(value)}`), ...shapes(name)])
    .concat('x=1', 'nonce=abc', 'nonce=a&nonce=b', `${'a=1&'.repeat(150)}b=2`)
  for (const body of bodies) {
    const { status, text, headers } = await post(person, at, token, body)
    const clear =
      status < 500 &&
      status >= 300 &&
      headers['set-cookie']?.toString().includes('x=1') !== true &&
      !text.includes('<script>alert')
    if (!clear) wrong.push(`${at} ${body.slice(0, 60)}: ${status}`)
  }
  return wrong
}

test('signing in, asking a link, language and password rules', async () => {
  const person = httpPerson(portal, 'vandam')
  await person.go('/sign-in')
  expect(await torment(person, '/sign-in', ['identifier', 'password'])).toEqual([])
  expect(await torment(person, '/language', ['language', 'back'])).toEqual([])
  expect(
    (await torment(person, '/accounts/password-rules', ['password'])).filter((line) => !line.endsWith(': 200')),
  ).toEqual([])
}, 60_000)

test('the invitation', async () => {
  const staff = httpPerson(portal, 'linde')
  await signsIn(portal, 'linde', staff)
  expect(
    await torment(staff, '/staff/people/new', [
      'name',
      'email',
      'username',
      'organisation',
      'language',
      'birthDate-day',
      'birthDate-year',
    ]),
  ).toEqual([])
  // An address longer than 16 kB is refused before it reaches us.
  for (const value of values.filter(({ length }) => length < 5000)) {
    const { status } = await staff.ask(`/staff/people?search=${encoded(value)}&page=${encoded(value)}`)
    expect([200, 404], value.slice(0, 20)).toContain(status)
  }
}, 60_000)

test('every step of an onboarding, and every address of one', async () => {
  const client = new Client(portal, 'kring', 'plaag@proef.example')
  const staff = httpPerson(portal, 'kring')
  await signsIn(portal, 'kring', staff)
  await invites(staff, client)
  const person = httpPerson(portal, 'kring')
  const link = new URL(await client.link()).pathname
  await person.go(link)
  expect(await torment(person, link, ['password', 'repeat', 'email', 'act'])).toEqual([])
  await client.until(person, 'authenticator')
  expect(await torment(person, '/onboarding/authenticator', ['code', 'act'])).toEqual([])
  for (const value of values.filter(({ length }) => length < 5000)) {
    const { status } = await person.ask(`/onboarding/${encoded(value)}`)
    expect(status, value.slice(0, 20)).toBeLessThan(500)
    expect((await person.ask(`/activation/${encoded(value)}`)).status, value.slice(0, 20)).toBeLessThan(500)
  }
}, 60_000)

test('a mistake is told in the person’s own language', async () => {
  const person = httpPerson(portal, 'kring')
  await person.go('/sign-in')
  await person.press('en')
  expect(person.page().querySelector('html')?.getAttribute('lang')).toBe('en')
  await person.press()
  expect(person.status()).toBe(422)
  expect(Object.values(await person.mistakes()).join(' ')).toMatch(/enter|fill|your/i)
})
