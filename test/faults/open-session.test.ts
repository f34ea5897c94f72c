import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, httpPerson, type HttpPerson } from '../support/http.ts'
import { codeTo, scan, type App } from '../support/phone.ts'
import { givesPassword, somebody, type Somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { linkIn, password } from '../profile/signed-in.ts'

/** What a thief gets who finds a session open: what it shows, and never the account. */
let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** Somebody signed in just now, with a password and, where they have one, an app. */
async function signedIn(slug: string, has: { app?: boolean } = {}): Promise<{ who: Somebody; person: HttpPerson }> {
  const who = await somebody(portal, slug, has)
  const person = httpPerson(portal, slug)
  await givesPassword(person, who)
  if ((await person.at()) === '/sign-in/code') {
    const mailed = !has.app && (await person.sees('main [name=code]')) && /mail/.test(await person.reads())
    await person.fill({
      code: has.app ? who.app() : await codeTo(portal, slug, mailed ? who.email : who.number, mailed ? 'mail' : 'sms'),
    })
    await person.press()
  }
  expect(await person.at()).toBe('/home')
  portal.forward('PT1M')
  return { who, person }
}
const emailOf = async ({ id }: Somebody) =>
  (await portal.sql<{ email: string }>('select email from account where id = $1', [id]))[0]!.email
const appsOf = async ({ id }: Somebody) =>
  (await portal.sql('select id from authenticator where account_id = $1 and removed_at is null', [id])).length
const post = (person: HttpPerson, at: string, fields: Record<string, string>, token: string) =>
  person.ask(at, {
    method: 'POST',
    body: new URLSearchParams({ _csrf: token, ...fields }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
const tokenOn = async (person: HttpPerson, at = '/home') =>
  /name="_csrf" value="([^"]+)"/.exec((await person.ask(at)).text)![1]!

/** Begins to set up an app from the home page, up to the picture. */
async function begins(person: HttpPerson): Promise<App> {
  await person.go('/home')
  await person.press('/onboarding/start')
  for (let page = 0; page < 3 && !(await person.sees('main img.qr')); page++) {
    if (await person.sees('main [name=factor]')) await person.fill({ factor: 'authenticator' })
    await person.press()
  }
  expect(await person.at()).toBe('/onboarding/authenticator')
  return scan(portal, person)
}

test.each(['vandam', 'linde'])(
  'at %s a set-up begun after a step-up is closed twenty minutes later: page, picture and form',
  async (slug) => {
    const { who, person } = await signedIn(slug)
    const app = await begins(person)
    const token = await tokenOn(person, '/onboarding/authenticator')
    portal.forward('PT20M')
    for (const at of [
      '/onboarding',
      '/onboarding/authenticator',
      '/onboarding/authenticator.png',
      '/onboarding/approval.png',
      '/onboarding/approval-look',
      '/onboarding/backup-code',
      '/profile/apps/new',
      '/profile/apps/new.png',
    ]) {
      const { status, headers, text } = await person.ask(at)
      expect([status, headers.location], at).toEqual([303, '/step-up'])
      expect(text).not.toContain(app.secret.slice(0, 4))
    }
    const sent = await post(person, '/onboarding/authenticator', { code: app.code() }, token)
    expect([sent.status, sent.headers.location]).toEqual([303, '/step-up'])
    expect(await appsOf(who)).toBe(0)

    // Who gives the password goes on where they were, and a picture is no page to go back to.
    await person.go('/onboarding/authenticator')
    expect([await person.at(), await person.sees('main [name=password]')]).toEqual(['/step-up', true])
    await person.ask('/onboarding/authenticator.png', {
      headers: { referer: portal.url(slug, '/onboarding/authenticator') },
    })
    await person.fill({ password })
    await person.press()
    expect(await person.at()).toBe('/onboarding/authenticator')
    await person.fill({ code: (await scan(portal, person)).code() })
    await person.press()
    expect(await person.mistakes()).toEqual({})
    expect(await appsOf(who)).toBe(1)
  },
)

/** Sets up an app of the thief's own, while the session still may. */
async function ownApp(person: HttpPerson): Promise<App> {
  await person.go('/profile/apps/new')
  expect(await person.at()).toBe('/profile/apps/new')
  const app = await scan(portal, person)
  await person.fill({ name: 'Van de dief', code: app.code() })
  await person.press()
  expect(await person.mistakes()).toEqual({})
  return app
}

test('a thief who set up an app while the session was fresh does not pass with it, nor with what it made', async () => {
  const { who, person } = await signedIn('vandam')
  const app = await ownApp(person)
  await person.go('/profile/backup-code')
  const code = await person.words('#backup')
  await person.fill({ saved: true })
  await person.press()
  await person.go('/profile/phone')
  await person.fill({ phone: '06 12 98 76 54' })
  await person.press()
  await person.fill({ code: await codeTo(portal, 'vandam', '+31612987654') })
  await person.press()
  expect(await person.mistakes()).toEqual({})

  portal.forward('PT20M')
  for (const at of ['/profile/email', '/profile/password', '/profile/passkeys/new', '/profile/apps/new']) {
    await person.go(at)
    expect(
      [await person.at(), await person.sees('main [name=password]'), await person.sees('main [name=code]')],
      at,
    ).toEqual(['/step-up', true, false])
  }
  for (const way of ['authenticator', 'sms', 'backupCode', 'devicePrompt', 'passkey', 'mail'])
    expect((await person.ask(`/step-up?way=${way}`)).status, way).toBe(404)
  const token = await tokenOn(person, '/step-up')
  for (const [way, typed] of [
    ['authenticator', app.code()],
    ['backupCode', code],
    ['', app.code()],
  ] as const) {
    const { status, headers } = await post(person, '/step-up', { way, code: typed }, token)
    expect([422, 404], way).toContain(status)
    expect(headers.location).toBeUndefined()
  }
  expect((await post(person, '/step-up/send', { way: 'sms' }, token)).status).toBe(404)
  await person.go('/profile/email')
  expect(await person.at()).toBe('/step-up')
  expect(await emailOf(who)).toBe(who.email)

  // The owner, who knows the password, is let through; and in a session of their own the app is theirs.
  await person.fill({ password })
  await person.press()
  expect(await person.at()).toBe('/profile/email')
})

test('beside an app of the owner the thief’s own does not count, and what the owner gives makes it count no more than before', async () => {
  const { who, person } = await signedIn('linde', { app: true })
  const thief = await ownApp(person)
  portal.forward('PT20M')
  await person.go('/profile/email')
  expect([await person.at(), await person.sees('main [name=code]')]).toEqual(['/step-up', true])
  await person.fill({ code: thief.code() })
  await person.press()
  expect([person.status(), await person.at()]).toEqual([422, '/step-up'])
  await person.fill({ code: who.app() })
  await person.press()
  expect(await person.at()).toBe('/profile/email')
  portal.forward('PT20M')
  await person.go('/profile/email')
  await person.fill({ code: thief.code() })
  await person.press()
  expect([person.status(), await person.at()]).toEqual([422, '/step-up'])
})

test('a new address asked in time is not confirmed by its link and the open session; so recovery goes to the owner only', async () => {
  const { who, person } = await signedIn('vandam')
  await ownApp(person)
  await person.go('/profile/email')
  await person.fill({ email: 'dief@elders.example' })
  await person.press()
  expect(await person.at()).toBe('/profile/email/sent')
  const link = await linkIn(portal, 'vandam', 'dief@elders.example', 'email')
  portal.forward('PT20M')
  for (const browser of [person, httpPerson(portal, 'vandam')]) {
    await browser.go(link)
    expect(await browser.sees('main [name=password]')).toBe(true)
    await browser.press()
    expect([browser.status(), Object.keys(await browser.mistakes())]).toEqual([422, ['password']])
    await browser.fill({ password: 'dit is het niet geweest' })
    await browser.press()
    expect([browser.status(), Object.keys(await browser.mistakes())]).toEqual([422, ['password']])
  }
  expect(await emailOf(who)).toBe(who.email)
  const before = (await portal.outbox('vandam', 'dief@elders.example')).length
  const asks = httpPerson(portal, 'vandam')
  await asks.go('/recovery')
  await asks.fill({ identifier: who.identifier })
  await asks.press()
  expect((await portal.outbox('vandam', who.email))[0]!.text).toContain('/recovery/')
  expect(await portal.outbox('vandam', 'dief@elders.example')).toHaveLength(before)
  await person.go(link)
  await person.fill({ password })
  await person.press()
  expect([await person.at(), await emailOf(who)]).toEqual(['/profile', 'dief@elders.example'])
})

test('a link that adds an approving device sleeps when the session that made it is no longer fresh', async () => {
  const who = await somebody(portal, 'loonhuis')
  const person = httpPerson(portal, 'loonhuis')
  await givesPassword(person, who)
  await person.fill({ code: await codeTo(portal, 'loonhuis', who.number) })
  await person.press()
  await person.go('/profile/approvers')
  await person.press('/profile/approvers/join')
  const [link, number] = [new URL(await person.words('#link')).pathname, await person.words('#number')]
  portal.forward('PT6M')
  for (const at of ['/profile/approvers/join', '/profile/approvers/join.png', '/profile/approvers/joined'])
    expect((await person.ask(at)).headers.location, at).toBe('/step-up')
  expect((await ask(portal, 'loonhuis', link)).status).toBe(410)
  await person.go('/profile/approvers/join')
  await person.press('/step-up/send')
  await person.fill({ code: await codeTo(portal, 'loonhuis', who.number) })
  await person.press('/step-up')
  expect(await person.at()).toBe('/profile/approvers/join')
  const phone = httpPerson(portal, 'loonhuis')
  await phone.go(link)
  await phone.fill({ number })
  await phone.press()
  expect(await phone.at()).toBe('/approve')
})
