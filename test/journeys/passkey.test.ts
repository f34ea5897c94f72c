import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { password } from '../../src/modules/development/index.ts'
import { browserPerson, closeBrowser, type BrowserPerson } from '../support/browser.ts'
import { Client } from '../support/client.ts'
import { Device, type Options } from '../support/device.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { newest } from '../support/phone.ts'
import { invites, signsIn } from '../support/staff.ts'
import { virtual, type Virtual } from '../support/virtual.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const firm = 'loonhuis'
const ellen = 'ellen@bakkerij-kroes.example'
const fresh = 'Vier#gele laarzen in de gang'

let portal: TestPortal
const people: BrowserPerson[] = []
beforeAll(async () => {
  portal = await openTestPortal()
})
afterEach(async () => {
  for (const person of people.splice(0)) await person.close()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

async function somebody(javaScript = true): Promise<BrowserPerson> {
  const person = await browserPerson(portal, firm, { javaScript })
  people.push(person)
  return person
}
/** Name, then password. */
async function gives(person: BrowserPerson | HttpPerson, email: string, secret = password): Promise<void> {
  portal.forward('PT2M')
  await person.go('/sign-in')
  await person.fill({ identifier: email })
  await person.press()
  await person.fill({ password: secret })
  await person.press()
}
/**
 * Signed in with nothing but a password, the second step put off; then a passkey in "Mijn gegevens", and a backup code.
 */
async function withPasskey(email: string): Promise<{ person: BrowserPerson; device: Virtual; backup: string }> {
  const person = await somebody()
  const device = await virtual(person)
  await gives(person, email)
  await person.fill({ agreed: true })
  await person.press()
  await person.press('later')
  await person.go('/profile/passkeys/new')
  await device.press()
  expect(await person.at()).toBe('/profile/backup-code')
  const backup = await person.words('#backup')
  await person.fill({ saved: true })
  await person.press()
  return { person, device, backup }
}

test('a passkey instead of name and password, as second step, and to show once more who one is', async () => {
  const { person, device } = await withPasskey(ellen)
  await person.press('/sign-out')

  // As second step, after the password.
  await gives(person, ellen)
  expect(await person.heading()).toBe('Gebruik uw passkey')
  await device.press()
  expect(await person.at()).toBe('/home')
  expect(
    await portal.sql(
      `select from audit_line where action = 'signIn.secondStep' and outcome = 'ok' and detail->>'factor' = 'passkey'`,
    ),
  ).toHaveLength(1)

  // To step up.
  portal.forward('PT6M')
  await person.go('/profile/password')
  expect(await person.at()).toBe('/step-up')
  await device.press()
  expect(await person.at()).toBe('/profile/password')

  // Alone, also when the wrong password was given too often.
  await person.press('/sign-out')
  const stranger = httpPerson(portal, firm)
  for (let at = 0; at < 8; at++) {
    await stranger.go('/sign-in')
    await stranger.fill({ identifier: ellen })
    await stranger.press()
    await stranger.fill({ password: 'dit is het niet' })
    await stranger.press()
  }
  expect(stranger.status()).toBe(429)
  await person.go('/sign-in')
  await device.press()
  expect(await person.at()).toBe('/home')
  portal.forward('PT2M')
  await person.go('/profile/password')
  expect(await person.at(), 'it was both at once, and only minutes ago').toBe('/profile/password')

  // Not with a device that does not know who holds it.
  await person.press('/sign-out')
  await device.recognises(false)
  expect(await device.fails()).toContain('geen passkey gebruikt')
  expect(await person.at()).toBe('/sign-in')
  await device.recognises(true)
  await device.press()
  expect(await person.at()).toBe('/home')

  // Not any more once the account is blocked, or closed until there is a new password.
  await person.press('/sign-out')
  const refusal = []
  for (const close of ['blocked_at = created_at', 'activated_at = null', 'password_hash = null']) {
    const [was] = await portal.sql<Record<string, unknown>>(
      'select blocked_at, activated_at, password_hash from account where email = $1',
      [ellen],
    )
    await portal.sql(`update account set ${close} where email = $1`, [ellen])
    await person.go('/sign-in')
    await device.press()
    refusal.push(await person.mistakes())
    await portal.sql('update account set blocked_at = $2, activated_at = $3, password_hash = $4 where email = $1', [
      ellen,
      was!.blocked_at,
      was!.activated_at,
      was!.password_hash,
    ])
  }
  await portal.sql(
    `update passkey set removed_at = created_at where account_id in (select id from account where email = $1)`,
    [ellen],
  )
  await person.go('/sign-in')
  await device.press()
  for (const each of refusal) expect(each).toEqual(await person.mistakes())
  expect(Object.values(refusal[0]!)).toEqual([expect.stringContaining('kunnen wij u niet laten inloggen')])
})

test('a page left open too long says so, and works with the next press', async () => {
  const { person, device } = await withPasskey('sietske@rinsma-transport.example')
  await person.press('/sign-out')
  portal.forward('PT11M')
  await device.press()
  expect(Object.values(await person.mistakes())).toEqual([
    'Deze pagina stond te lang open. Druk nog een keer op de knop.',
  ])
  await device.press()
  expect(await person.at()).toBe('/home')
})

test('a forgotten password: the passkey is the second step of the way back', async () => {
  const { person, device } = await withPasskey('mo@bakkali-bouw.example')
  await person.press('/sign-out')
  await person.go('/recovery')
  await person.fill({ identifier: 'mo@bakkali-bouw.example' })
  await person.press()
  const { text } = await newest(portal, firm, 'mo@bakkali-bouw.example')
  await person.go(/https?:\/\/\S+\/recovery\/[\w-]+/.exec(text)![0])
  await device.press()
  await person.fill({ password: fresh, repeat: fresh })
  await person.press()
  expect(await person.at()).toBe('/sign-in')
  await gives(person, 'mo@bakkali-bouw.example', fresh)
  await device.press()
  expect(await person.at()).toBe('/home')
})

test('somebody new chooses a passkey, changes their mind, chooses it after all, and gets a backup code', async () => {
  const client = new Client(portal, firm, 'nieuw@proef.example')
  const staff = httpPerson(portal, firm)
  await signsIn(portal, firm, staff)
  await invites(staff, client)
  const person = await somebody()
  const device = await virtual(person)
  await person.go(await client.link())
  await client.until(person, 'chooseFactor')
  await person.fill({ factor: 'passkey' })
  await person.press()
  expect(await person.heading()).toBe('Maak een passkey')
  await person.press('choose')
  await person.fill({ factor: 'passkey' })
  await person.press()
  await device.press()
  expect(await device.holds()).toBe(1)
  expect((await portal.outbox(firm, client.email))[0]?.subject).toBe('Controle in 2 stappen staat aan')
  expect(await client.until(person, 'home')).toEqual(['backupCode', 'done'])
  await person.press('/sign-out')
  await device.press()
  expect(await person.at()).toBe('/home')
})

test('without JavaScript nothing is offered that does not work, and the words lead to another way', async () => {
  const wouter = 'wouter@bakkerij-kroes.example'
  // Invited by letter long ago, says this test: an account with a password and nothing else, as Ellen's.
  await portal.sql(
    'update account set activated_at = created_at, password_hash = (select password_hash from account where email = $1) where email = $2',
    [ellen, wouter],
  )
  const { person: before, backup } = await withPasskey(wouter)
  await before.press('/sign-out')
  const person = await somebody(false)
  await person.go('/sign-in')
  expect(await person.page.getByText('Inloggen met een passkey').isVisible()).toBe(false)
  await gives(person, wouter)
  expect(await person.heading()).toBe('Gebruik uw passkey')
  expect(await person.reads()).toContain('alleen met JavaScript')
  expect(await person.page.locator('[data-passkey] button').isVisible()).toBe(false)
  await person.follow('[data-passkey-without] a')
  await person.fill({ way: 'backupCode' })
  await person.press()
  await person.fill({ code: backup })
  await person.press()
  expect(await person.mistakes()).toEqual({})
})

test('the same signature fifty times at the same moment opens one session', async () => {
  const slug = 'kring'
  const person = httpPerson(portal, slug)
  await signsIn(portal, slug, person, 'client')
  const device = new Device(portal.url(slug, ''))
  const part = () => {
    const found = person.page().querySelector('[data-passkey]')!
    return { options: JSON.parse(found.getAttribute('data-options')!) as Options, form: found.closest('form')! }
  }
  const body = (fields: Record<string, string>) =>
    new URLSearchParams({
      ...Object.fromEntries(
        part()
          .form.querySelectorAll('input')
          .map((field) => [field.getAttribute('name'), field.getAttribute('value') ?? '']),
      ),
      ...fields,
    }).toString()
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    origin: portal.url(slug, ''),
    'sec-fetch-site': 'same-origin',
  }
  await person.go('/profile/passkeys/new')
  const made = await person.ask('/profile/passkeys/new', {
    method: 'POST',
    headers,
    body: body({ name: 'Proef', passkey: device.makes(part().options) }),
  })
  expect(made.status).toBe(303)
  await person.go('/profile')
  await person.press('/sign-out')
  await person.go('/sign-in')
  const open = async () => (await portal.sql('select from portal_session where revoked_at is null')).length
  const before = await open()
  const all = body({ code: device.signs(part().options) })
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => person.ask('/sign-in/passkey', { method: 'POST', headers, body: all })),
  )
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(49)
  expect(await open()).toBe(before + 1)
  const odd = await person.ask('/sign-in/passkey', { method: 'POST', headers, body: body({ code: '{"id":' }) })
  expect([403, 422]).toContain(odd.status)
})
