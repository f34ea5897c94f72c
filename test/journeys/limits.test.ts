import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { Client } from '../support/client.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { codeTo, newest } from '../support/phone.ts'
import { atLink } from '../support/somebody.ts'
import { invites, signsIn } from '../support/staff.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const wrongly = async (person: HttpPerson, identifier: string, password = 'dit is het niet') => {
  await person.go('/sign-in')
  await person.fill({ identifier, password })
  await person.press()
}

test('the same answer for a name nobody has, a wrong password, somebody not active yet and somebody blocked', async () => {
  const { client } = await atLink(portal, 'kring')
  await portal.sql(`update account set blocked_at = now() where email = 'thomas@beoordelaar.example'`)
  const answers: string[] = []
  for (const identifier of [
    'niemand@proef.example',
    'marijke@beoordelaar.example',
    client.email,
    'thomas@beoordelaar.example',
  ]) {
    const person = httpPerson(portal, 'kring')
    await wrongly(person, identifier, identifier.startsWith('thomas') ? 'blauwe?fiets-op-zolder' : undefined)
    answers.push(
      `${person.status()} ${person
        .page()
        .toString()
        .replaceAll(identifier, 'X')
        .replace(/name="(_csrf|nonce)" value="[^"]*"|data-options="[^"]*"/g, '')}`,
    )
  }
  expect(new Set(answers).size).toBe(1)
})

test('after five wrong passwords there is a wait that doubles and ends by itself, for unknown names as well', async () => {
  for (const identifier of ['fatsoenlijk@proef.example', 'hanna@kring.example']) {
    const person = httpPerson(portal, 'kring')
    for (let time = 0; time < 5; time++) {
      await wrongly(person, identifier)
      expect(person.status()).toBe(422)
    }
    await wrongly(person, identifier)
    expect(person.status()).toBe(429)
    portal.forward('PT31S')
    await wrongly(person, identifier)
    expect(person.status()).toBe(422)
    portal.forward('PT31S')
    await wrongly(person, identifier)
    expect(person.status()).toBe(429)
    portal.forward('PT15M')
  }
  const person = httpPerson(portal, 'kring')
  await wrongly(person, 'hanna@kring.example', 'blauwe?fiets-op-zolder')
  expect(await person.at()).toBe('/sign-in/code')
})

test('a code lives as long as the policy says, five tries, and only the newest works', async () => {
  const { client, person } = await atLink(portal, 'vandam')
  await client.until(person, 'phoneCode')
  const first = await codeTo(portal, 'vandam', client.number)
  await person.press('resend')
  expect(person.status(), 'again only after a minute').toBe(422)
  portal.forward('PT61S')
  await person.press('resend')
  const second = await codeTo(portal, 'vandam', client.number)
  if (first !== second) {
    await person.fill({ code: first })
    await person.press()
    expect((await person.mistakes()).code).toMatch(/nieuw/i)
  }
  portal.forward('PT11M')
  await person.fill({ code: second })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['code'])
  await person.press('resend')
  const third = await codeTo(portal, 'vandam', client.number)
  for (let time = 0; time < 5; time++) {
    await person.fill({ code: third === '000000' ? '000001' : '000000' })
    await person.press()
  }
  await person.fill({ code: third })
  await person.press()
  expect(Object.keys(await person.mistakes()), 'used up').toEqual(['code'])
})

test('a changed number kills the code that was on its way', async () => {
  const { client, person } = await atLink(portal, 'vandam')
  await client.until(person, 'phoneCode')
  const first = await codeTo(portal, 'vandam', client.number)
  portal.forward('PT61S')
  await person.press('change')
  await person.fill({ phone: '06 12 34 56 78' })
  await person.press()
  await person.fill({ code: first })
  await person.press()
  const second = await codeTo(portal, 'vandam', '0612345678')
  if (first !== second) expect(Object.keys(await person.mistakes())).toEqual(['code'])
  await person.fill({ code: second })
  await person.press()
  expect(await client.page(person)).toBe('done')
})

test('at most five codes an hour to one number', async () => {
  const { client, person } = await atLink(portal, 'vandam')
  await client.until(person, 'phoneCode')
  for (let time = 0; time < 8; time++) {
    portal.forward('PT2M')
    await person.press('resend')
  }
  expect(
    (await portal.outbox('vandam')).filter(({ kind, to }) => kind === 'sms' && to.endsWith(client.number.slice(-8))),
  ).toHaveLength(5)
})

test('a phone whose clock is off is told so, and is not let in', async () => {
  const { client, person } = await atLink(portal, 'kring')
  await client.until(person, 'authenticator')
  const { scan } = await import('../support/phone.ts')
  const app = await scan(portal, person)
  portal.forward('PT3M')
  const { TOTP } = await import('otpauth')
  const slow = () =>
    new TOTP({ secret: app.secret }).generate({ timestamp: portal.services.clock.now().epochMilliseconds - 180_000 })
  const words: string[] = []
  for (let time = 0; time < 3; time++) {
    await person.fill({ code: slow() })
    await person.press()
    words.push((await person.mistakes()).code ?? '')
    portal.forward('PT30S')
  }
  expect(words.every(Boolean)).toBe(true)
  expect(words.at(-1)).toMatch(/klok/)
  const ahead = new TOTP({ secret: app.secret }).generate({
    timestamp: portal.services.clock.now().epochMilliseconds + 30_000,
  })
  await person.fill({ code: ahead })
  await person.press()
  expect(await person.mistakes(), 'one step either side is accepted').toEqual({})
})

test('numbers as people write them', async () => {
  const { client, person } = await atLink(portal, 'vandam')
  await client.until(person, 'phone')
  for (const phone of ['12345', '030 123 45 67', 'bel mij maar', '']) {
    await person.fill({ phone })
    await person.press()
    expect([person.status(), Object.keys(await person.mistakes())], phone).toEqual([422, ['phone']])
  }
  await person.fill({ phone: '+31 (0)6 – 12.34.56.79' })
  await person.press()
  expect((await newest(portal, 'vandam', '612345679', 'sms')).to).toBe('+31612345679')
})

test('an address is one account, however it is written; at another firm it is somebody else', async () => {
  const staff = httpPerson(portal, 'kring')
  await signsIn(portal, 'kring', staff)
  const client = new Client(portal, 'kring', 'Dubbel@Proef.example')
  await staff.go('/staff/people/new')
  await staff.fill({ name: client.name, email: '  DUBBEL@proef.EXAMPLE ' })
  await staff.press()
  await staff.press('/staff/people/new/invitation')
  portal.forward('PT61S')
  await staff.go('/staff/people/new')
  await staff.fill({ name: client.name, email: 'dubbel@proef.example' })
  await staff.press()
  expect(await staff.reads()).toContain('was al uitgenodigd')
  await staff.press('/staff/people/new/invitation')
  expect(await portal.sql(`select from account where email_lookup = 'dubbel@proef.example'`)).toHaveLength(1)
  const elsewhere = httpPerson(portal, 'loonhuis')
  await signsIn(portal, 'loonhuis', elsewhere)
  await invites(elsewhere, new Client(portal, 'loonhuis', 'dubbel@proef.example'))
  expect(await portal.sql(`select from account where email_lookup = 'dubbel@proef.example'`)).toHaveLength(2)
  const token = new URL(
    (await newest(portal, 'loonhuis', 'dubbel@proef.example')).text.match(/http\S+activation\S+/)![0],
  ).pathname
  const [unknown, foreign] = await Promise.all(
    [`/activation/${'A'.repeat(43)}`, token].map(async (at) => httpPerson(portal, 'kring').ask(at)),
  )
  const bare = (text: string) =>
    text
      .replace(/value="[^"]*"/g, '')
      .replaceAll(token, '')
      .replaceAll(`/activation/${'A'.repeat(43)}`, '')
  expect([foreign!.status, bare(foreign!.text)]).toEqual([unknown!.status, bare(unknown!.text)])
})

test('passwords of every shape: counted in code points, never cut, never trimmed', async () => {
  const { client, person } = await atLink(portal, 'kring')
  for (const [password, fits] of [
    ['kort', false],
    ['Welkom2026!!', false],
    [`${client.name} 2026`, false],
    ['kring beoordelaars', false],
    ['x'.repeat(129), false],
  ] as const) {
    await person.fill({ password, repeat: password })
    await person.press()
    expect([person.status(), 'password' in (await person.mistakes())], password).toEqual([422, !fits])
  }
  const odd = '  🚲🚲 zestien é emmers 🐈 '
  await person.fill({ password: odd, repeat: odd.normalize('NFD') })
  await person.press()
  expect(await person.mistakes()).toEqual({})
  Object.assign(client, { password: odd })
  await client.until(person, 'home')
  await person.press('/sign-out')
  portal.forward('PT2M')
  await wrongly(person, client.email, odd.trim())
  expect(person.status()).toBe(422)
  await client.until(person, 'home')
})
