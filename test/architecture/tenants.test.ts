import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { firmFiles } from '../../src/tenancy/firm-files.ts'
import { checkFirms } from '../../src/tenancy/check-firms.ts'
import { policySchema, reader } from '../support/policy.ts'
import { openTestPortal } from '../support/portal.ts'
import { Client } from '../support/client.ts'
import { httpPerson } from '../support/http.ts'
import { invitedTo } from '../support/somebody.ts'
import { invites, signsIn } from '../support/staff.ts'
import { root } from './sources.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-firms-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function firm(slug: string, choices: unknown): Promise<void> {
  await mkdir(path.join(folder, slug), { recursive: true })
  await writeFile(
    path.join(folder, slug, 'tenant.json'),
    typeof choices === 'string' ? choices : JSON.stringify(choices, null, 2),
  )
}
/** Everything that is wrong in the folder of firms. */
const mistakes = () =>
  checkFirms(firmFiles(folder, reader), reader)
    .wrong.flatMap((each) => each.mistakes)
    .join('\n')
const good = {
  name: 'Kapper Zes',
  contact: { mail: 'help@zes.example', phone: '020 000 00 06' },
  look: { brand: '#334455' },
  onboarding: { activation: [{ step: 'password' }, { step: 'authenticator' }, { step: 'done' }] },
}

test.each<[string, unknown, RegExp[]]>([
  ['no JSON', '{ "name": ', [/tenant\.json: \(the whole file\): is not JSON/]],
  ['an unknown key', { ...good, colour: 'blue' }, [/tenant\.json: .*colour/]],
  ['a wrong colour', { ...good, look: { brand: 'blauw' } }, [/look\.brand: must be a colour/]],
  ['a code that lives too long', { ...good, codes: { lifetime: 'PT2H' } }, [/codes\.lifetime: /]],
  [
    'a step nobody knows',
    { ...good, onboarding: { activation: [{ step: 'dance' }, { step: 'done' }] } },
    [/onboarding\.activation\.0/],
  ],
  [
    'a slip in a step',
    { ...good, onboarding: { activation: [{ step: 'pasword' }, { step: 'done' }] } },
    [/onboarding\.activation\.0\.step: there is no "pasword"; did you mean "password"\?/],
  ],
  [
    'a step without a name',
    { ...good, onboarding: { activation: [{}, { step: 'done' }] } },
    [/activation\.0\.step: is missing; it must be one of .*"birthDate"/],
  ],
  [
    'a slip in a choice',
    { ...good, secondFactors: {} },
    [/\(the whole file\): there is no choice "secondFactors"; did you mean "secondFactor"\?/],
  ],
  [
    'a slip in a choice further in',
    { ...good, codes: { live: 'PT10M' } },
    [/codes: there is no choice "live"; it may be "lifetime", "tries"/],
  ],
  [
    'a slip in a factor',
    { ...good, secondFactor: { of: ['authenticater'] } },
    [/secondFactor\.of\.0: "authenticater" is not possible; did you mean "authenticator"\?/],
  ],
  [
    'a wrong kind of value',
    { ...good, signIn: { passkey: 'yes' }, languages: 'nl' },
    [/signIn\.passkey: must be true or false, without quotes/, /languages: must be a list/],
  ],
  [
    'what is missing',
    { ...good, contact: { mail: 'help' } },
    [/contact\.mail: must be a mail address such as/, /contact\.phone: is missing; it must be a text/],
  ],
  [
    'too little and too much',
    { ...good, name: 'Z', codes: { tries: 99 } },
    [/name: must be at least 2 characters/, /codes\.tries: must be at most 10/],
  ],
  [
    'a colour nobody can read',
    { ...good, look: { brand: '#ffee00' } },
    [/look\.brand: #ffee00 cannot be read on white \(1\.2 : 1, at least 2 : 1\); choose a darker colour, such as "#/],
  ],
  [
    'a logo that is not there',
    { ...good, look: { brand: '#334455', logo: 'logo.svg' } },
    [/look\.logo: there is no file .*zes\/static\/logo\.svg/],
  ],
  [
    'an end in the middle',
    { ...good, onboarding: { activation: [{ step: 'done' }, { step: 'password' }] } },
    [/onboarding\.activation: the last step/],
  ],
  [
    'two mistakes at once',
    { ...good, look: { brand: 'x' }, session: { idle: 'PT1S' } },
    [/look\.brand/, /session\.idle/],
  ],
  [
    'a second factor nobody sets up',
    { ...good, secondFactor: { of: ['sms'], when: 'always' } },
    [/secondFactor\.when: is "always", but/],
  ],
  [
    'a password that is too short',
    { ...good, secondFactor: { when: 'ifEnrolled' }, password: { minimum: 9 } },
    [/password\.minimum: .*15/],
  ],
])('%s is said, with where it stands and what to change', async (_, choices, says) => {
  await firm('zes', choices)
  for (const words of says) expect(mistakes()).toMatch(words)
  expect(mistakes()).toContain(path.join(folder, 'zes', 'tenant.json'))
})

test('no mistake is said in the words of the library', async () => {
  await firm('zes', {
    naam: 1,
    contact: [],
    look: { brand: 1, header: 'x', radius: 3 },
    languages: ['fr', 3],
    zone: 1,
    codes: { tries: 'a', lifetime: 10 },
    roles: [{ name: 'X' }],
    onboarding: { activation: [3, { step: 'together', of: [{ step: 'done' }] }] },
  })
  const said = mistakes()
  expect(said.split('\n').length).toBeGreaterThan(11)
  expect(said).not.toMatch(/Invalid|Unrecognized|expected|received|discriminator|Too (small|big)/)
})

test('an odd folder name and no firm at all are said in words', async () => {
  expect(mistakes).toThrow(/No firm found/)
  await firm('Zes!', good)
  expect(mistakes).toThrow(/lower case letters/)
})

test('the schema for editors is that of the policy', () => {
  expect(JSON.parse(readFileSync(path.join(root, 'tenants/tenant.schema.json'), 'utf8'))).toEqual(policySchema())
})

test('a sixth firm is one file: an order of steps no other has, walked to the end', async () => {
  await cp(path.join(root, 'tenants', 'kring'), path.join(folder, 'kring'), { recursive: true })
  await firm('zes', {
    ...good,
    languages: ['nl'],
    secondFactor: { of: ['sms', 'mail'], when: 'always' },
    onboarding: {
      activation: [
        { step: 'birthDate' },
        { step: 'phone' },
        { step: 'password' },
        { step: 'secretQuestion' },
        { step: 'backupCode', confirm: true },
        { step: 'done' },
      ],
    },
  })
  await writeFile(
    path.join(folder, 'zes', 'people.json'),
    JSON.stringify([{ name: 'Baas Zes', email: 'baas@zes.example', kind: 'admin' }]),
  )
  const portal = await openTestPortal({ env: { TENANTS_DIR: folder }, people: true })
  try {
    const staff = httpPerson(portal, 'zes')
    await signsIn(portal, 'zes', staff, 'admin')
    const client = new Client(portal, 'zes', 'nieuw@proef.example')
    await invites(staff, client)
    const person = httpPerson(portal, 'zes')
    await person.go(await client.link())
    expect(await client.until(person, 'home')).toEqual([
      'birthDate',
      'phone',
      'phoneCode',
      'password',
      'secretQuestion',
      'backupCode',
      'done',
    ])
    expect(person.page().querySelector('title')?.text).toContain('Kapper Zes')
    await person.press('/sign-out')
    portal.forward('PT2M')
    expect(await client.until(person, 'home')).toEqual(['signIn', 'signInCode'])
  } finally {
    await portal.close()
  }
})
test('choices that an older release published know nothing of newer ones: an onboarding begun on them goes on', async () => {
  const portal = await openTestPortal()
  try {
    const client = await invitedTo(portal, 'loonhuis')
    const person = httpPerson(portal, 'loonhuis')
    await person.go(await client.link())
    expect(await client.until(person, 'intro')).toContain('password')
    await portal.sql(
      `update policy_version set policy = policy - 'existing' - 'sms', sha256 = 'older' where tenant_id = (select id from tenant where slug = 'loonhuis')`,
    )
    // Accepted by another release: this one reads the file itself.
    await portal.sql(`update tenant set file_digest = 'older'`)
    await portal.restart()
    await person.go('/onboarding')
    expect(await person.reads()).toContain('1 januari 2027')
    await client.until(person, 'home')
  } finally {
    await portal.close()
  }
})
