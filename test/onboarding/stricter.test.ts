import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { otherChoices } from '../support/choices.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { codeTo, newest, scan } from '../support/phone.ts'
import { enters, entersWith, givesPassword, invitedTo, somebody, type Somebody } from '../support/somebody.ts'
import { issueLink } from '../../src/identity/tokens/index.ts'
import { tellStricter } from '../../src/modules/onboarding/index.ts'
import { sendScheduled } from '../../src/modules/activation/index.ts'
import { nobody } from '../support/somebody.ts'

let portal: TestPortal
// Each test has a installation of its own: what is published is published for good.
beforeEach(async () => {
  portal = await openTestPortal()
})
afterEach(() => portal.close())

const obligatory = {
  secondFactor: { when: 'always' },
  onboarding: { activation: [{ step: 'password' }, { step: 'phone' }, { step: 'done' }] },
}
const publish = async (slug: string, changed: Record<string, unknown>, at?: string) =>
  portal.restart({ env: await otherChoices(slug, changed), ...(at && { at }) })

async function setsUpPhone(person: HttpPerson, who: Somebody): Promise<void> {
  await person.fill({ phone: who.number.replace('+31', '0') })
  await person.press()
  expect(await person.mistakes()).toEqual({})
  await person.fill({ code: await codeTo(portal, who.slug, who.number) })
  await person.press()
  expect(await person.mistakes()).toEqual({})
}
async function withoutPhone(slug: string): Promise<Somebody> {
  const who = await somebody(portal, slug)
  await portal.sql('update phone set removed_at = now() where account_id = $1', [who.id])
  return who
}

test('from a day on two steps are obligatory: told at signing in, put off for a while with a countdown, then nothing else opens', async () => {
  const who = await withoutPhone('vandam')
  const open = await enters(who)
  // A session may last over midnight here, so that it is not idleness that ends it.
  await publish('vandam', {
    ...obligatory,
    existing: { from: '2026-12-01', grace: 'P10D' },
    session: { idle: 'PT12H', most: 'PT24H' },
  })
  await open.go('/profile')
  expect(await open.at(), 'before the day').toBe('/profile')

  portal.forward('P12D')
  const person = httpPerson(portal, 'vandam')
  await givesPassword(person, who)
  expect(await person.at()).toBe('/onboarding/stricter')
  expect(await person.reads()).toContain('nog 9 dagen')
  for (const at of ['/home', '/profile', '/profile/password', '/onboarding/phone']) {
    await person.go(at)
    expect(await person.at(), at).toBe('/onboarding/stricter')
  }
  await person.press('later')
  expect(await person.at()).toBe('/home')
  expect(person.page().text).toContain('11 december 2026')

  portal.forward('P8D')
  await givesPassword(person, who)
  expect(await person.reads()).toContain('nog 1 dag')
  await person.press('later')
  expect(await person.at()).toBe('/home')

  // The last day ends at midnight of the firm's clock; an open session is out at its next request, whatever it asks.
  portal.forward('PT12H')
  await givesPassword(person, who)
  await person.press('later')
  const form = (await person.go('/profile/name'), person.form('/profile/name'))
  portal.forward('PT3H')
  for (const at of ['/profile', '/home', '/home/widgets/todo'])
    expect((await person.ask(at)).headers.location, at).toBe('/sign-in')
  await person.send(form)
  expect([person.status(), await person.sees('main form[action="/sign-in"]')]).toEqual([401, true])
  expect(person.page().text).toContain('strenger')

  await person.go('/profile/activity')
  await givesPassword(person, who)
  expect(await person.at()).toBe('/onboarding/stricter')
  expect(await person.sees('button[value=later]')).toBe(false)
  await person.press()
  await setsUpPhone(person, who)
  expect(await person.at()).toBe('/home')
  expect((await newest(portal, 'vandam', who.email)).subject).toMatch(/nummer|2 stappen/)
  portal.forward('PT2M')
  const next = await enters(who)
  expect(await next.at()).toBe('/home')
})

test('somebody who enrols here is out everywhere else', async () => {
  const who = await withoutPhone('vandam')
  const elsewhere = await enters(who)
  await publish('vandam', { ...obligatory, existing: { grace: 'P0D' } })
  const person = httpPerson(portal, 'vandam')
  await givesPassword(person, who)
  await person.press()
  await setsUpPhone(person, who)
  expect(await person.at()).toBe('/home')
  await elsewhere.go('/profile')
  expect(await elsewhere.at()).toBe('/sign-in')
})

test('a second step that is set up here ends what was under way to get in, as one set up in the profile does', async () => {
  const who = await withoutPhone('vandam')
  const elsewhere = await enters(who)
  await publish('vandam', {
    ...obligatory,
    onboarding: {
      activation: [{ step: 'password' }, { step: 'phone' }, { step: 'backupCode' }, { step: 'done' }],
    },
    existing: { grace: 'P0D' },
  })
  const context = nobody(portal, 'vandam')
  const links = ['emailChange', 'reset'] as const
  for (const purpose of links) await context.transaction((inner) => issueLink(inner, who.id, purpose, 'PT1H'))
  await portal.sql(
    `insert into recovery_request (tenant_id, id, account_id, kind, asked_at) values ($1, gen_random_uuid(), $2, 'link', $3)`,
    [context.tenant.id, who.id, context.at],
  )
  const alive = async () => [
    ...(await portal.sql<{ purpose: string }>(
      'select purpose from one_time where account_id = $1 and purpose = any($2) and dead_at is null order by 1',
      [who.id, links],
    )),
    ...(await portal.sql('select kind from recovery_request where account_id = $1 and ended_at is null', [who.id])),
  ]
  const person = httpPerson(portal, 'vandam')
  await givesPassword(person, who)
  await person.press()
  expect(await alive()).toHaveLength(3)
  await setsUpPhone(person, who)
  expect(await person.at(), 'not at the end yet').toBe('/onboarding/backup-code')
  expect(await alive()).toEqual([])
  await elsewhere.go('/profile')
  expect(await elsewhere.at()).toBe('/sign-in')
})

test('"later" that is posted when it is too late is not taken', async () => {
  const who = await withoutPhone('vandam')
  await publish('vandam', { ...obligatory, existing: { grace: 'P1D' } })
  const person = httpPerson(portal, 'vandam')
  await givesPassword(person, who)
  const later = person.form('later')
  portal.forward('PT13H') // past midnight; the session of the onboarding is idle no longer than it may be
  await givesPassword(person, who)
  await person.send({
    ...later,
    fields: later.fields.map(([name, value]) =>
      name === '_csrf' || name === 'nonce' ? person.form().fields.find(([each]) => each === name)! : [name, value],
    ),
  })
  expect(await person.at()).toBe('/onboarding/phone')
  await person.go('/home')
  expect(await person.at()).toBe('/onboarding/phone')
})

test('people who came with a password only: "later" until the firm\'s day and its grace are over, an open session included', async () => {
  const who = await somebody(portal, 'loonhuis', { state: 'existing' })
  await portal.restart({ at: '2027-01-14T22:45:00Z' })
  const person = httpPerson(portal, 'loonhuis')
  await givesPassword(person, who)
  expect(await person.at()).toBe('/onboarding/terms')
  await person.fill({ agreed: true })
  await person.press()
  expect(await person.at()).toBe('/onboarding/intro')
  await person.press('later')
  expect(await person.at()).toBe('/home')
  portal.forward('PT20M')
  await person.go('/profile')
  expect(await person.at()).toBe('/sign-in')
  expect(person.page().text).toContain('strenger')
  await givesPassword(person, who)
  expect(await person.at()).toBe('/onboarding/intro')
  expect(await person.sees('button[value=later]')).toBe(false)
})

test('a stronger one: who has only a code by SMS still gives it, and then sets up an app', async () => {
  const who = await somebody(portal, 'kring')
  await publish('kring', {
    signIn: { passkey: false },
    secondFactor: { of: ['authenticator'], when: 'always' },
    existing: { grace: 'P0D' },
  })
  const person = httpPerson(portal, 'kring')
  await givesPassword(person, who)
  expect(await person.at(), 'the password alone opens nothing').toBe('/sign-in/code')
  await person.fill({ code: await codeTo(portal, 'kring', who.number) })
  await person.press()
  expect(await person.at()).toBe('/onboarding/stricter')
  await person.press()
  expect(await person.at()).toBe('/onboarding/authenticator')
  const app = await scan(portal, person)
  await person.fill({ code: app.code() })
  await person.press()
  for (let page = await person.at(); page !== '/home'; page = await person.at()) {
    expect(page).toMatch(/^\/onboarding\/(phone|recovery-phone|backup-code)/)
    await person.press((await person.sees('button[value=skip]')) ? 'skip' : undefined)
  }
  await person.press('/sign-out')
  portal.forward('PT2M')
  await givesPassword(person, who)
  await person.fill({ code: app.code() })
  await person.press()
  expect(await person.at()).toBe('/home')
})

test('a longer password: asked only of who has a shorter one, found out when it is typed', async () => {
  const [short, long] = [await somebody(portal, 'vandam'), await somebody(portal, 'vandam')]
  const longer = `blauwe?fiets-op-zolder met een bel`
  const { hasher } = portal.services
  await portal.sql('update account set password_hash = $2 where id = $1', [long.id, await hasher.hashPassword(longer)])
  const open = await entersWith(httpPerson(portal, 'vandam'), short)
  await publish('vandam', { password: { minimum: 24 }, existing: { grace: 'P0D' } })
  await open.go('/home')
  expect(await open.at(), 'an open session').toBe('/sign-in')

  const fine = httpPerson(portal, 'vandam')
  await givesPassword(fine, long, longer)
  expect(await fine.at()).toBe('/home')

  portal.forward('PT2M')
  await entersWith(open, short)
  expect(await open.at()).toBe('/onboarding/stricter')
  await open.press()
  await open.fill({ password: 'blauwe?fiets-op-zolder', repeat: 'blauwe?fiets-op-zolder' })
  await open.press()
  expect(Object.keys(await open.mistakes())).toEqual(['password'])
  await open.fill({ password: longer, repeat: longer })
  await open.press()
  expect(await open.mistakes()).toEqual({})
  expect(await open.at()).toBe('/home')
  portal.forward('PT2M')
  await fine.press('/sign-out')
  await givesPassword(fine, short, longer)
  expect(await fine.at()).toBe('/home')
})

test('a computer trusted under looser rules is a stranger', async () => {
  const who = await somebody(portal, 'linde')
  const person = httpPerson(portal, 'linde')
  const code = async () => {
    await person.fill({ code: await codeTo(portal, 'linde', who.email, 'mail') })
  }
  await givesPassword(person, who)
  await code()
  await person.fill({ trust: true })
  await person.press()
  await person.press('/sign-out')
  portal.forward('PT2M')
  await givesPassword(person, who)
  expect(await person.at(), 'trusted').not.toBe('/sign-in/code')
  await person.press('/sign-out')
  await publish('linde', { secondFactor: { of: ['mail'] }, onboarding: { strengthen: [] } })
  portal.forward('PT2M')
  await givesPassword(person, who)
  expect(await person.at()).toBe('/sign-in/code')
})

test('somebody in the middle of an onboarding gets the missing step before its end, without "later"', async () => {
  const client = await invitedTo(portal, 'vandam')
  const person = httpPerson(portal, 'vandam')
  await person.go(await client.link())
  expect(await client.until(person, 'phone')).toContain('password')
  await publish('vandam', { ...obligatory })
  await person.press('skip')
  expect(await person.at()).toBe('/onboarding/stricter')
  expect(await person.sees('button[value=later]')).toBe(false)
  await person.press()
  expect(await person.at()).toBe('/onboarding/phone')
  await client.until(person, 'home')
})

test('from a day on, by mail: who was invited before gets the invitation then, who lacks something is told, each once', async () => {
  await publish('polder', { existing: { from: '2027-01-07', grace: 'P14D', mail: true } })
  const early = await invitedTo(portal, 'polder')
  const lacking = await withoutPhone('polder')
  const complete = await somebody(portal, 'polder')
  const turn = async () => {
    for (let nth = 0; nth < 2; nth++) {
      await sendScheduled(nobody(portal, 'polder'))
      await tellStricter(nobody(portal, 'polder'))
    }
  }
  const subjects = async (email: string) => (await portal.outbox('polder', email)).map(({ subject }) => subject)
  await turn()
  expect(await subjects(early.email)).toEqual([])

  await portal.restart({ at: '2027-01-06T22:59:00Z' })
  await turn()
  expect([...(await subjects(early.email)), ...(await subjects(lacking.email))], 'a minute before midnight').toEqual([])
  portal.forward('PT2M')
  await turn()
  expect(await subjects(early.email)).toEqual([expect.stringContaining('Activeer')])
  expect(await subjects(lacking.email)).toEqual([expect.stringContaining('blijven inloggen')])
  expect(await subjects(complete.email)).toEqual([])
  expect((await newest(portal, 'polder', lacking.email)).text).toContain('21 januari 2027')

  const person = httpPerson(portal, 'polder')
  await person.go(await early.link())
  expect(await early.page(person)).toBe('together')
})
