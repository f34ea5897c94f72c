import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { devicePromptNotices } from '../../src/identity/factors/index.ts'
import { sendNotice } from '../../src/identity/notices/index.ts'
import { passwordNotices } from '../../src/identity/passwords/index.ts'
import { Device, type Options } from '../support/device.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { codeTo, newest, scan } from '../support/phone.ts'
import { enters, givesPassword, nobody, somebody, type Somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { linkIn } from './signed-in.ts'

const firm = 'kring'

let portal: TestPortal
let who: Somebody
/** Somebody else with the owner's session, who just showed who they are. */
let thief: HttpPerson
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())
beforeEach(async () => {
  who = await somebody(portal, firm, {
    app: true,
    backup: true,
    number: `+3161099${String(Math.floor(portal.services.clock.now().epochMilliseconds / 1000)).slice(-4)}`,
  })
  thief = await enteredByApp()
  portal.forward('PT1M')
})

async function enteredByApp(): Promise<HttpPerson> {
  const person = httpPerson(portal, firm)
  await person.go('/sign-in')
  await person.fill({ identifier: who.identifier, password: 'blauwe?fiets-op-zolder' })
  await person.press()
  await person.fill({ code: who.app() })
  await person.press()
  expect(await person.at()).toBe('/home')
  return person
}

const tables = {
  authenticator: ['confirmed_at', 'removed_at'],
  passkey: ['created_at', 'removed_at'],
  approver: ['created_at', 'removed_at'],
  phone: ['confirmed_at', 'removed_at'],
  backup_code: ['created_at', 'replaced_at'],
} as const
/** The living factors, by table: what is there is all that counts. */
async function living(): Promise<Record<string, string[]>> {
  const rows = await Promise.all(
    Object.entries(tables).map(
      async ([table, [, went]]) =>
        [
          table,
          (
            await portal.sql<{ id: string }>(
              `select id from ${table} where account_id = $1 and ${went} is null ${table === 'backup_code' ? 'and used_at is null' : ''} order by id`,
              [who.id],
            )
          ).map(({ id }) => id),
        ] as const,
    ),
  )
  return Object.fromEntries(rows)
}
const notMeLine = async () =>
  (
    await portal.sql<{ detail: object }>(
      `select detail from audit_line where subject = $1 and action = 'account.notMe' order by seq desc limit 1`,
      [who.id],
    )
  )[0]?.detail

/** The owner opens the nth newest notice and says that it was not them. */
async function saysNo(nth = 0, to = who.email): Promise<HttpPerson> {
  const link = await linkIn(portal, firm, to, 'not-me', nth)
  portal.forward('PT10M')
  const owner = httpPerson(portal, firm)
  await owner.go(link)
  await owner.fill({ email: to })
  await owner.press()
  return owner
}

async function addsApp(replaces?: string): Promise<void> {
  await thief.go(replaces ? `/profile/apps/${replaces}/replace` : '/profile/apps/new')
  await thief.fill({ code: (await scan(portal, thief)).code() })
  await thief.press()
  expect(await thief.mistakes()).toEqual({})
}
async function replacesPhone(number: string): Promise<void> {
  await thief.go('/profile/phone')
  await thief.fill({ phone: number })
  await thief.press()
  await thief.fill({ code: await codeTo(portal, firm, number) })
  await thief.press()
  expect(await thief.mistakes()).toEqual({})
}
async function removes(at: string): Promise<void> {
  await thief.go(at)
  await thief.press()
  expect(await thief.mistakes()).toEqual({})
}
async function addsPasskey(): Promise<void> {
  await thief.go('/profile/passkeys/new')
  const part = thief.page().querySelector('[data-passkey]')!
  const fields = part
    .closest('form')!
    .querySelectorAll('input')
    .map((field): [string, string] => [field.getAttribute('name') ?? '', field.getAttribute('value') ?? ''])
  const made = new Device(portal.url(firm, '')).makes(JSON.parse(part.getAttribute('data-options')!) as Options)
  await thief.send({
    action: '/profile/passkeys/new',
    method: 'post',
    fields: fields.map(([name, value]) => [name, name === 'passkey' ? made : value]),
  })
  expect(await thief.mistakes()).toEqual({})
}
async function newBackupCode(): Promise<void> {
  await thief.go('/profile/backup-code')
  await thief.fill({ saved: true })
  await thief.press()
  expect(await thief.mistakes()).toEqual({})
}

describe('what somebody else did, undone by the notice about it', () => {
  const acts: Record<string, [() => Promise<void>, object]> = {
    'an app beside the own one': [() => addsApp(), { away: 'authenticator', back: '' }],
    'an app in the place of the own one': [
      async () => addsApp((await living()).authenticator![0]),
      { away: 'authenticator', back: 'authenticator' },
    ],
    'the own app removed': [
      async () => removes(`/profile/apps/${(await living()).authenticator![0]}/remove`),
      { away: '', back: 'authenticator' },
    ],
    'another phone': [() => replacesPhone('+31620202020'), { away: 'phone', back: 'phone' }],
    'the phone removed': [() => removes('/profile/phone/remove'), { away: '', back: 'phone' }],
    'a passkey': [addsPasskey, { away: 'passkey', back: '' }],
    'another backup code': [newBackupCode, { away: 'backup_code', back: 'backup_code' }],
  }
  test.each(Object.entries(acts))('%s', async (_, [act, told]) => {
    const before = await living()
    await act()
    expect(await living()).not.toEqual(before)
    const owner = await saysNo()
    expect(await owner.at()).toBe('/profile/not-me/done')
    expect(await living()).toEqual(before)
    expect(await notMeLine()).toEqual({ ...told, mail: 'sent' })
    await thief.go('/home')
    expect(await thief.at()).toBe('/sign-in')
  })

  test('an approving device that came, and one that went', async () => {
    const context = nobody(portal, firm)
    const [came, went] = [crypto.randomUUID(), crypto.randomUUID()]
    const put = (id: string, at: string, gone: string | null) =>
      portal.sql(
        `insert into approver (tenant_id, id, account_id, name, digest, push, created_at, removed_at) values ($1, $2, $3, 'x', $4, 'sealed', $5, $6)`,
        [context.tenant.id, id, who.id, id, at, gone],
      )
    const now = portal.services.clock.now()
    await context.transaction((inner) => sendNotice(inner, { ...who, language: 'nl' }, devicePromptNotices.added))
    await put(came, now.toString(), null)
    await put(went, now.subtract('PT24H').toString(), now.add('PT1M').toString())
    await saysNo()
    expect((await living()).approver).toEqual([went])
    expect(
      await portal.sql('select from approver where id = $1 and push is null and removed_at is not null', [came]),
    ).toHaveLength(1)
  })
})

test('the phone is replaced with a stolen session: the notice puts the old one back, and the way in goes over mail and old phone', async () => {
  await replacesPhone('+31620202021')
  await saysNo()
  const owner = httpPerson(portal, firm)
  await owner.go(/\/recovery\/[\w-]{30,}/.exec((await newest(portal, firm, who.email)).text)![0])
  await owner.follow('main a[href$="/other"]')
  await owner.fill({ way: 'sms' })
  await owner.press()
  await owner.press('send')
  await owner.fill({ code: await codeTo(portal, firm, who.number) })
  await owner.press()
  const fresh = 'Drie#natte regenlaarzen'
  await owner.fill({ password: fresh, repeat: fresh })
  await owner.press()
  await givesPassword(owner, who, fresh)
  portal.forward('PT1M')
  await owner.fill({ code: who.app() })
  await owner.press()
  expect(await owner.at()).toBe('/home')
  expect(await portal.outbox(firm, '+31620202021')).toHaveLength(1)
})

test('of several acts the notice of the oldest undoes all; a later one leaves what came before it', async () => {
  const before = await living()
  await addsPasskey()
  portal.forward('PT1M')
  const between = await living()
  await addsApp()
  await saysNo()
  expect(await living()).toEqual(between)
  await saysNo(1)
  expect(await living()).toEqual(before)
})

test('what was changed before the notice stays changed', async () => {
  await replacesPhone('+31620202022')
  portal.forward('PT1M')
  const own = await living()
  await addsApp()
  await saysNo()
  expect(await living()).toEqual(own)
})

test('a backup code that was used stays used', async () => {
  await addsApp()
  portal.forward('PT1M')
  await portal.sql('update backup_code set used_at = $2, replaced_at = $2 where account_id = $1', [
    who.id,
    portal.services.clock.now().toString(),
  ])
  await saysNo()
  expect((await living()).backup_code).toEqual([])
  expect(await notMeLine()).toEqual({ away: 'authenticator', back: '', mail: 'sent' })
})

test('used, too old and put out of use by another: each link says so and changes nothing more', async () => {
  await addsApp()
  const first = await linkIn(portal, firm, who.email, 'not-me')
  portal.forward('PT1M')
  await addsApp()
  const second = await linkIn(portal, firm, who.email, 'not-me')
  portal.forward('P8D')
  const late = httpPerson(portal, firm)
  await late.go(first)
  expect([late.status(), await late.reads()]).toEqual([410, expect.stringContaining('te oud')])
  const csrf = await late.ask(first, {
    method: 'POST',
    body: 'email=x',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
  expect(csrf.status).toBe(403)
  const fresh = await enters(await somebody(portal, firm))
  expect(await fresh.at()).toBe('/home')
  await nobody(portal, firm).transaction((inner) =>
    sendNotice(inner, { ...who, language: 'nl' }, passwordNotices.changed),
  )
  const third = await linkIn(portal, firm, who.email, 'not-me')
  portal.forward('PT1M')
  await nobody(portal, firm).transaction((inner) =>
    sendNotice(inner, { ...who, language: 'nl' }, passwordNotices.changed),
  )
  const fourth = await linkIn(portal, firm, who.email, 'not-me')
  const owner = httpPerson(portal, firm)
  await owner.go(third)
  await owner.fill({ email: who.email })
  const again = owner.form()
  await owner.press()
  expect(await owner.at()).toBe('/profile/not-me/done')
  const mails = (await portal.outbox(firm, who.email)).length
  for (const [link, words] of [
    [third, 'al gebruikt'],
    [fourth, 'daarna al veilig'],
    [second, 'te oud'],
    ['/profile/not-me/onbekend', 'helemaal heeft overgenomen'],
  ] as const) {
    await owner.go(link)
    expect([owner.status(), await owner.reads()], link).toEqual([
      words.includes('overgenomen') ? 404 : 410,
      expect.stringContaining(words),
    ])
  }
  for (const action of [third, fourth, second]) {
    await owner.send({ ...again, action })
    expect(owner.status()).toBe(410)
  }
  expect(await portal.outbox(firm, who.email)).toHaveLength(mails)
  expect(
    await portal.sql(`select from audit_line where subject = $1 and action = 'account.notMe'`, [who.id]),
  ).toHaveLength(1)
})

test('a mailbox alone does not take off a second step that was just set up: it stays, and the way back asks for it', async () => {
  const owner = await somebody(portal, 'vandam')
  await portal.sql('update phone set removed_at = confirmed_at where account_id = $1', [owner.id])
  const person = await enters(owner)
  await person.go('/profile/apps/new')
  await person.fill({ code: (await scan(portal, person)).code() })
  await person.press()
  expect(await person.mistakes()).toEqual({})
  const reader = httpPerson(portal, 'vandam')
  await reader.go(await linkIn(portal, 'vandam', owner.email, 'not-me'))
  await reader.fill({ email: owner.email })
  await reader.press()
  expect(
    await portal.sql('select from authenticator where account_id = $1 and removed_at is null', [owner.id]),
  ).toHaveLength(1)
  await reader.go(/http\S+\/recovery\/[\w-]+/.exec((await newest(portal, 'vandam', owner.email)).text)![0])
  expect(await reader.sees('main [name=password]')).toBe(false)
  expect(await reader.sees('main [name=code]')).toBe(true)
})
