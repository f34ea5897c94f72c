import { execFile } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { takeBounce } from '../../src/commands/bounce.ts'
import { sendMail } from '../../src/tenancy/outbox.ts'
import { httpPerson } from '../support/http.ts'
import { report } from '../support/postmaster.ts'
import { signsIn } from '../support/staff.ts'
import { at } from '../recovery/way-back.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { activationAgainMail } from '../../src/modules/activation/mails.ts'

const firm = 'kring'
const marijke = 'marijke@beoordelaar.example'
let server: SMTPServer
let portal: TestPortal
let refusal: { code: number; words: string } | null = null
beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(refusal ? Object.assign(new Error(refusal.words), { responseCode: refusal.code }) : undefined),
    onData(stream, _session, done) {
      stream.resume().on('end', () => done())
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  portal = await openTestPortal({
    env: { SMTP_URL: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` },
  })
})
afterAll(async () => {
  await portal.close()
  await new Promise<void>((resolve) => server.close(resolve))
})
beforeEach(async () => {
  refusal = null
  await portal.sql('update account set mail_failed_at = null')
})

const accountOf = async (email: string) =>
  (
    await portal.sql<{ id: string; mail_failed_at: Date | null }>(
      'select id, mail_failed_at from account where email = $1',
      [email],
    )
  )[0]!
const since = async (email = marijke) => (await accountOf(email)).mail_failed_at
/** Sends one mail to somebody and waits until it went, or did not. @returns its id */
async function mailTo(email = marijke): Promise<string> {
  const { id } = await accountOf(email)
  await at(portal, firm).transaction((context) =>
    sendMail(
      context,
      { id, email, language: 'nl' },
      { kind: activationAgainMail, params: { name: 'Marijke' }, link: '/sign-in' },
    ),
  )
  await portal.outbox(firm)
  const [row] = await portal.sql<{ id: string }>(
    'select id from outbox_message where account_id = $1 order by created_at desc, id limit 1',
    [id],
  )
  portal.forward('PT1M')
  return row!.id
}

test('an address that the mail server refuses is known from then on, until a mail arrives', async () => {
  refusal = { code: 550, words: '5.1.1 no such person' }
  const moment = portal.services.clock.now().epochMilliseconds
  await mailTo()
  const first = await since()
  expect(first!.getTime() - moment).toBeLessThan(1000)
  await mailTo()
  expect(await since(), 'since the first').toEqual(first)
  refusal = null
  await mailTo()
  expect(await since()).toBeNull()
})

test.each([
  [550, '5.7.1 you may not send here'],
  [554, '5.7.1 Relay access denied'],
  [530, '5.7.0 sign in first'],
  [451, '4.2.1 later'],
  [552, '5.3.4 too big'],
])('%i %s is no fault of the address', async (code, words) => {
  refusal = { code, words }
  await mailTo()
  expect(await since()).toBeNull()
})

test('nothing is kept of where a mail went but a mark that gives nothing away', async () => {
  const id = await mailTo()
  const [row] = await portal.sql<{ recipient: string; payload: string }>(
    'select recipient, payload from outbox_message where id = $1',
    [id],
  )
  expect(row).toEqual({ recipient: expect.stringMatching(/^[0-9a-f]{64}$/), payload: '' })
})

test('a mail that comes back later is found by its id; a late one, an unknown one and an old address change nothing', async () => {
  const id = await mailTo()
  const take = (raw: string) => takeBounce(portal.services, raw)
  expect(await take(report({ id, action: 'delayed', status: '4.4.1' }))).toMatch(/nothing changed/)
  expect(await take(report({ id, status: '5.7.1' }))).toMatch(/not because of its address/)
  expect(await take(report({ id: crypto.randomUUID() }))).toMatch(/unknown here/)
  expect(await take('Subject: hallo\r\n\r\nhallo')).toMatch(/no delivery report/)
  expect(await since()).toBeNull()
  await portal.sql(`update account set email = 'elders@beoordelaar.example' where email = $1`, [marijke])
  expect(await take(report({ id }))).toMatch(/another address by now/)
  await portal.sql(`update account set email = $1 where email = 'elders@beoordelaar.example'`, [marijke])
  expect(await since()).toBeNull()
  expect(await take(report({ id }))).toMatch(/address is marked/)
  const marked = await since()
  expect(marked).not.toBeNull()
  portal.forward('PT1H')
  await take(report({ id }))
  expect(await since()).toEqual(marked)
})

test('a mail server pipes the report into the command', async () => {
  const id = await mailTo()
  const folder = await mkdtemp(path.join(tmpdir(), 'portal-bounce-'))
  const said = await new Promise<string>((resolve, reject) => {
    const child = execFile(
      process.execPath,
      ['src/cli.ts', 'bounce'],
      {
        cwd: path.join(import.meta.dirname, '../..'),
        timeout: 60_000,
        env: {
          PATH: process.env.PATH,
          DATABASE_URL: portal.databaseUrl,
          MASTER_KEY: inject('masterKey'),
          DATA_DIR: folder,
        },
      },
      (error, out, err) => (error ? reject(new Error(`${error.message} ${err}`)) : resolve(out)),
    )
    child.stdin?.end(report({ id }))
  })
  await rm(folder, { recursive: true, force: true })
  expect(said).toMatch(/address is marked/)
  expect(await since()).not.toBeNull()
})

test('it is a task for staff with a list behind it, words on the person’s page, and a question to the person', async () => {
  await portal.sql('update account set mail_failed_at = $1 where email = $2', ['2026-11-18T10:00:00Z', marijke])
  const staff = httpPerson(portal, firm)
  await signsIn(portal, firm, staff)
  await staff.go('/home')
  expect(await staff.reads()).toMatch(/Wie vastloopt Marijke Aalbers Mail naar dit adres komt terug/)
  await staff.go('/staff/people')
  expect(await staff.reads()).toMatch(/1 mailadres werkt niet/)
  await staff.follow('.banner a')
  expect(staff.page().querySelectorAll('main tbody tr')).toHaveLength(1)
  expect(await staff.reads()).toMatch(/Mail naar dit adres komt terug, sinds 18 november 2026/)
  await staff.follow(`/staff/people/${(await accountOf(marijke)).id}`)
  expect(await staff.reads()).toMatch(/komt terug, sinds 18 november 2026.*Bel de persoon/s)
  await staff.go(`/staff/people/${(await accountOf(marijke)).id}/reset`)
  expect(await staff.reads()).toMatch(/Zonder mail kan de persoon geen nieuw wachtwoord kiezen/)
  const client = httpPerson(portal, firm)
  await signsIn(portal, firm, client, 'client')
  await client.go('/home')
  expect(await client.reads()).toMatch(/Kijk uw e-mailadres na/)
  expect(await client.reads()).not.toMatch(/mailadres werkt niet/)
  expect(await client.sees('main a[href="/profile/email"]')).toBe(true)
  await portal.sql('update account set blocked_at = now() where email = $1', [marijke])
  await staff.go('/home')
  expect(await staff.reads()).not.toMatch(/Marijke/)
  await staff.go('/staff/people')
  expect(await staff.reads()).not.toMatch(/mailadres werkt niet/)
  await staff.go('/staff/people?show=mail')
  expect(await staff.reads()).toMatch(/Bij niemand komt mail terug/)
})
