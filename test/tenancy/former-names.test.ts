import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { check } from '../../src/commands/check.ts'
import { noticesPolicy } from '../../src/identity/notices/index.ts'
import { root } from '../architecture/sources.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { withPhone } from '../support/prompt-device.ts'
import { givesPassword, invitedTo, nobody, somebody } from '../support/somebody.ts'

/**
 * A firm whose file and rows are those of the release that called the factor, and the step that sets it up, "approval".
 */
const firm = 'loonhuis'
let portal: TestPortal
let folder: string
const lines: Record<string, unknown>[] = []
const file = () => path.join(folder, firm, 'tenant.json')

const write = async (change: (text: string) => string) => writeFile(file(), change(await readFile(file(), 'utf8')))
const versions = () =>
  portal.sql<{ version: number; text: string }>(
    `select version, policy::text as text from policy_version where tenant_id = $1 order by version`,
    [portal.tenant(firm).id],
  )

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-names-'))
  await cp(path.join(root, 'tenants', firm), path.join(folder, firm), { recursive: true })
  // Asked first is another one: who is asked on their device chose it.
  await write((text) =>
    text
      .replace('"of": ["devicePrompt", "passkey",', '"of": ["passkey", "authenticator", "sms", "devicePrompt"], "x": [')
      .replace(/"x": \[[^\]]*\]/, '"trustedComputer": "P7D"')
      .replace('{', '{ "notices": ["devicePromptRefused", "devicePromptAdded", "passwordChanged"],'),
  )
  portal = await openTestPortal({
    env: { TENANTS_DIR: folder },
    heard: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  })
})
afterAll(async () => {
  await portal.close()
  await rm(folder, { recursive: true })
})

/** What that release had written, and its file. */
async function asBefore(): Promise<void> {
  const old = (column: string) => `replace(${column}::text, '"devicePrompt"', '"approval"')::jsonb`
  await portal.sql(`update policy_version set policy = ${old('policy')}`)
  // Notices stood in an order of their own, that said nothing.
  await portal.sql(`update policy_version set policy = policy || $1::jsonb where tenant_id = $2`, [
    JSON.stringify({ notices: ['passwordChanged', 'approverAdded', 'approvalRefused'] }),
    portal.tenant(firm).id,
  ])
  await portal.sql(`update step_mark set value = 'approval' where value = 'devicePrompt'`)
  await portal.sql(`update portal_session set factor = 'approval' where factor = 'devicePrompt'`)
  await write((text) =>
    text
      .replaceAll('"devicePrompt"', '"approval"')
      .replace('"devicePromptRefused", "devicePromptAdded"', '"approvalRefused", "approverAdded"'),
  )
  await portal.sql(`update tenant set file_digest = 'older'`)
}

/** A line of the log, as a release writes it that calls the step so. */
const writesLine = (subject: string, done: string) =>
  portal.sql(
    `insert into audit_line select (l).* from (
      select jsonb_populate_record(a, jsonb_build_object('seq', (select max(seq) + 1 from audit_line where tenant_id = a.tenant_id),
        'actor', a.subject, 'action', 'onboarding.step', 'outcome', 'ok', 'detail', jsonb_build_object('done', $2::text, 'next', 'done'))) as l
      from audit_line a where subject = $1 order by seq desc limit 1) as one`,
    [subject, done],
  )

/** Somebody half-way: their password is given, and they chose to be asked on their device. */
async function halfWay(who: Parameters<typeof givesPassword>[1]): Promise<HttpPerson> {
  const person = httpPerson(portal, firm)
  await givesPassword(person, who)
  await person.go('/sign-in/other')
  await person.fill({ way: 'devicePrompt' })
  await person.press()
  expect(await person.sees('#code[data-waits]')).toBe(true)
  return person
}

test('a firm that calls the factor by its name of before, in its file and in all that was stored, is served as it was', async () => {
  const who = await somebody(portal, firm, { backup: true })
  const { phone, laptop } = await withPhone(portal, who)
  const trusted = await halfWay(who)
  const number = await trusted.words('#code')
  await phone.go('/approve')
  await phone.press(number)
  await trusted.fill({ trust: true })
  await trusted.press()
  expect(await trusted.at()).toBe('/home')
  await trusted.press('/sign-out')
  const waits = await halfWay(who)
  const client = await invitedTo(portal, firm)
  const newcomer = httpPerson(portal, firm)
  await newcomer.go(await client.link())
  await client.until(newcomer, 'chooseFactor')
  await newcomer.fill({ factor: 'devicePrompt' })
  await newcomer.press()
  expect(await newcomer.heading()).toBe('Keur inloggen goed op uw telefoon')
  await writesLine(who.id, 'devicePrompt')
  const before = (await versions()).length

  await asBefore()
  await writesLine(who.id, 'approval')
  await portal.restart({ env: { TENANTS_DIR: folder } })

  expect(lines.filter(({ renamed }) => renamed)).toMatchObject([
    {
      level: 'warn',
      firm,
      renamed: expect.arrayContaining([expect.stringContaining('"approval" is called "devicePrompt" now')]),
    },
  ])
  const kept = await versions()
  expect(kept, 'the same choices are no new version').toHaveLength(before)
  expect(kept.at(-1)?.text).toContain('"approval"')
  const { policy } = nobody(portal, firm)
  expect(policy.secondFactor.of).toContain('devicePrompt')
  expect(policy.of(noticesPolicy).toSorted()).toEqual(['devicePromptAdded', 'devicePromptRefused', 'passwordChanged'])

  await newcomer.go('/onboarding')
  expect(await newcomer.heading(), 'the mark of the choice').toBe('Keur inloggen goed op uw telefoon')
  await waits.go('/sign-in/code')
  expect(await waits.sees('#code[data-waits]'), 'the session').toBe(true)
  await laptop.go('/profile/activity')
  const told = (await laptop.reads()).split('Apparaat toegevoegd bij het instellen')
  expect(told, 'two lines of the log, in the same words').toHaveLength(3)
  await givesPassword(trusted, who)
  expect(await trusted.at(), 'the trusted computer').toBe('/home')
})

test('a computer is trusted by the names factors had first, as the release before wrote it', async () => {
  const [row] = await portal.sql<{ fingerprint: string; text: string }>(
    `select t.fingerprint, concat_ws('|', a.password_hash,
      (select string_agg(id::text, ',' order by id) from approver where account_id = a.id and removed_at is null),
      (select string_agg(id::text, ',' order by id) from phone where account_id = a.id and removed_at is null)) as text
     from trusted_computer t join account a on a.id = t.account_id`,
  )
  const { vault } = portal.tenant(firm)
  expect(row?.fingerprint).toBe(vault.mac('trusted computer', `${row?.text}|always|passkey|authenticator|sms|approval`))
})

test('looking at the files names the word of today, and finds no mistake', async () => {
  const said: string[] = []
  await check({ rest: [], env: { TENANTS_DIR: folder }, say: (line) => void said.push(line) })
  expect(said.at(-1)).toBe(`${firm} has no mistakes.`)
  expect(
    said.filter((line) => line.includes('secondFactor.of.3: "approval" is called "devicePrompt" now')),
  ).toHaveLength(1)
  expect(
    said.filter((line) => line.includes('notices.0: "approvalRefused" is called "devicePromptRefused" now')),
  ).toHaveLength(1)
})
