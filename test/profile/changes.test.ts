import { afterAll, beforeAll, expect, test } from 'vitest'
import { httpPerson } from '../support/http.ts'
import { codeTo, scan } from '../support/phone.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { account, behind, client, linkIn, password, stepsUp } from './signed-in.ts'

const firm = 'kring'
const email = 'marijke@beoordelaar.example'
const number = '+31612345602'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const actions = async () =>
  (
    await portal.sql<{ action: string }>(
      `select action from audit_line where subject = $1 and outcome = 'ok' order by seq desc`,
      [(await account(portal, firm, email)).id],
    )
  ).map(({ action }) => action)

test('the name: on the page, in the log, and what is wrong with it', async () => {
  const person = await client(portal, firm)
  await person.go('/profile')
  expect(await person.heading()).toBe('Mijn gegevens')
  await person.follow('/profile/name')
  await person.fill({ name: ' ' })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['name'])
  await person.fill({ name: 'Marijke Aalbers-Mol' })
  await person.press()
  expect(await person.at()).toBe('/profile')
  expect(await person.reads()).toContain('Marijke Aalbers-Mol')
  expect((await actions())[0]).toBe('account.name')
})

test('a new password needs the old one and a step-up; it ends every other session at once and leaves this one under a new id', async () => {
  const elsewhere = await client(portal, firm)
  const person = await client(portal, firm)
  await stepsUp(portal, firm, person, '/profile/password', number)
  const fresh = 'drie ganzen lopen langs de dijk'
  await person.fill({ current: 'dit is het niet geweest', password: fresh, repeat: fresh })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['current'])
  const before = new Map(person.cookies)
  await person.fill({ current: password, password: fresh, repeat: fresh })
  await person.press()
  expect(await person.at()).toBe('/profile')
  expect([...person.cookies]).not.toEqual([...before])
  await elsewhere.go('/home')
  expect(await elsewhere.at()).toBe('/sign-in')
  const thief = httpPerson(portal, firm)
  for (const [name, value] of before) thief.cookies.set(name, value)
  await thief.go('/home')
  expect(await thief.at()).toBe('/sign-in')
  expect((await portal.outbox(firm, email))[0]?.subject).toMatch(/wachtwoord/)
  expect((await actions())[0]).toBe('password.changed')

  await stepsUp(portal, firm, person, '/profile/password', number)
  await person.fill({ current: fresh, password, repeat: password })
  await person.press()
  expect(await person.mistakes()).toEqual({})
})

test('a change under way in a session that is ended meanwhile changes nothing', async () => {
  const person = await client(portal, firm)
  await person.go('/profile/name')
  await person.fill({ name: 'Iemand Anders' })
  const { id } = await account(portal, firm, email)
  const ending = await behind(portal)
  await ending.query('begin')
  await ending.query('select from account where id = $1 for update', [id])
  const underWay = person.send(person.form())
  while (
    !(await portal.sql(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`))
      .length
  );
  await ending.query('update portal_session set revoked_at = $2 where account_id = $1', [
    id,
    portal.services.clock.now().toString(),
  ])
  await ending.query('commit')
  await Promise.all([underWay, ending.end()])
  expect(await person.at()).toBe('/sign-in')
  expect((await account(portal, firm, email)).name).not.toBe('Iemand Anders')
})

/** Since when mail to this address comes back; from now on it does. */
async function bouncing(address: string): Promise<Date | null> {
  const [row] = await portal.sql<{ mail_failed_at: Date | null }>(
    'select mail_failed_at from account where email = $1',
    [address],
  )
  await portal.sql(`update account set mail_failed_at = '2026-11-19T10:00:00Z' where email = $1`, [address])
  return row?.mail_failed_at ?? null
}

test('another address counts only after its own mailbox said so; the old mailbox can undo it', async () => {
  const person = await client(portal, firm)
  await stepsUp(portal, firm, person, '/profile/email', number)
  await person.fill({ email: 'marijke@nieuw.example' })
  await person.press()
  expect(await person.at()).toBe('/profile/email/sent')
  expect((await account(portal, firm, email)).email).toBe(email)
  const link = await linkIn(portal, firm, 'marijke@nieuw.example', 'email')
  const scanner = httpPerson(portal, firm)
  await scanner.go(link)
  await scanner.press()
  expect(Object.keys(await scanner.mistakes())).toEqual(['password'])
  await bouncing(email)
  await person.go(link)
  await person.fill({ password })
  await person.press()
  expect(await person.at()).toBe('/profile')
  expect(await person.reads()).toContain('marijke@nieuw.example')
  expect(await bouncing('marijke@nieuw.example'), 'nothing is known of a new address').toBeNull()
  await person.go(link)
  expect(person.status()).toBe(410)

  portal.forward('PT1M')
  const owner = httpPerson(portal, firm)
  await owner.go(await linkIn(portal, firm, email, 'not-me'))
  await owner.fill({ email: 'marijke@nieuw.example' })
  await owner.press()
  expect(Object.keys(await owner.mistakes())).toEqual(['email'])
  expect((await account(portal, firm, 'marijke@nieuw.example')).password_hash).not.toBeNull()
  const kept = (await account(portal, firm, 'marijke@nieuw.example')).password_hash
  await owner.fill({ email })
  await owner.press()
  expect(await owner.at()).toBe('/profile/not-me/done')
  expect((await account(portal, firm, email)).password_hash).toBeNull()
  expect(await bouncing(email)).toBeNull()
  await person.go('/home')
  expect(await person.at()).toBe('/sign-in')
  expect((await portal.outbox(firm, email))[0]?.text).toMatch(/https?:\/\//)
  expect(await actions()).toContain('account.notMe')
  await portal.sql('update account set password_hash = $1 where email = $2', [kept, email])
})

test('an address that somebody else has gets the same answer, and no mail', async () => {
  const person = await client(portal, firm)
  await stepsUp(portal, firm, person, '/profile/email', number)
  const sent = (await portal.outbox(firm)).length
  await person.fill({ email: 'Thomas@Beoordelaar.example' })
  await person.press()
  expect(await person.at()).toBe('/profile/email/sent')
  expect(await portal.outbox(firm)).toHaveLength(sent)
})

test('a phone counts after the code to it; the last factor stays', async () => {
  const person = await client(portal, firm)
  await stepsUp(portal, firm, person, '/profile/phone', number)
  await person.go('/profile/phone/remove')
  expect(await person.sees('main form')).toBe(false)
  await person.go('/profile/apps/new')
  const app = await scan(portal, person)
  await person.fill({ code: app.code() })
  await person.press()
  expect(await person.at()).toBe('/profile/apps')
  portal.forward('PT1M')

  await person.go('/profile/phone')
  await person.fill({ phone: '06 12345678' })
  await person.press()
  await person.fill({ code: '000000' })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['code'])
  expect(
    await portal.sql('select from phone where account_id = $1 and removed_at is null', [
      (await account(portal, firm, email)).id,
    ]),
  ).toHaveLength(1)
  await person.fill({ code: await codeTo(portal, firm, '0612345678') })
  await person.press()
  expect(await person.at()).toBe('/profile')
  expect(await person.reads()).toContain('Eindigt op 78')

  await person.go('/profile/backup-code')
  const code = await person.words('#backup')
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['saved'])
  expect(await person.words('#backup')).toBe(code)
  await person.fill({ saved: true })
  await person.press()
  expect(await person.at()).toBe('/profile')
  await person.go('/profile/backup-code')
  expect(await person.words('#backup')).not.toBe(code)

  await person.go('/profile/phone/remove')
  await person.press()
  expect(await person.at()).toBe('/profile')
  await person.go('/profile/apps')
  await person.follow('main a[href$="/remove"]')
  expect(await person.sees('main form')).toBe(false)
  const subjects = (await portal.outbox(firm, email)).map(({ subject }) => subject)
  expect(subjects.filter((subject) => /app|nummer|reservecode/.test(subject)).slice(0, 4)).toHaveLength(4)
  await person.go('/profile/activity')
  expect(await person.reads()).toContain('Mobiel nummer weggehaald')
})
