import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sendNotice } from '../../src/tenancy/notices.ts'
import { Device, type Options } from '../people/device.ts'
import { httpPerson, type HttpPerson } from '../people/http.ts'
import { codeTo, newest, scan } from '../people/phone.ts'
import { enters, givesPassword, nobody, somebody, type Somebody } from '../people/somebody.ts'
import { openTestHouse, type TestHouse } from '../setup/house.ts'
import { linkIn } from './signed-in.ts'

const firm = 'kring'

let house: TestHouse
let who: Somebody
/** Somebody else with the owner's session, who just showed who they are. */
let thief: HttpPerson
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  who = await somebody(house, firm, {
    app: true,
    backup: true,
    number: `+3161099${String(Math.floor(house.house.clock.now().epochMilliseconds / 1000)).slice(-4)}`,
  })
  thief = await enteredByApp()
  house.forward('PT1M')
})

async function enteredByApp(): Promise<HttpPerson> {
  const person = httpPerson(house, firm)
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
            await house.sql<{ id: string }>(
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
    await house.sql<{ detail: object }>(
      `select detail from audit_line where subject = $1 and action = 'account.notMe' order by seq desc limit 1`,
      [who.id],
    )
  )[0]?.detail

/** The owner opens the nth newest notice and says that it was not them. */
async function saysNo(nth = 0, to = who.email): Promise<HttpPerson> {
  const link = await linkIn(house, firm, to, 'not-me', nth)
  house.forward('PT10M')
  const owner = httpPerson(house, firm)
  await owner.go(link)
  await owner.fill({ email: to })
  await owner.press()
  return owner
}

async function addsApp(replaces?: string): Promise<void> {
  await thief.go(replaces ? `/profile/apps/${replaces}/replace` : '/profile/apps/new')
  await thief.fill({ code: (await scan(house, thief)).code() })
  await thief.press()
  expect(await thief.mistakes()).toEqual({})
}
async function replacesPhone(number: string): Promise<void> {
  await thief.go('/profile/phone')
  await thief.fill({ phone: number })
  await thief.press()
  await thief.fill({ code: await codeTo(house, firm, number) })
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
  const made = new Device(house.url(firm, '')).makes(JSON.parse(part.getAttribute('data-options')!) as Options)
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
    const visit = nobody(house, firm)
    const [came, went] = [crypto.randomUUID(), crypto.randomUUID()]
    const put = (id: string, at: string, gone: string | null) =>
      house.sql(
        `insert into approver (tenant_id, id, account_id, name, digest, push, created_at, removed_at) values ($1, $2, $3, 'x', $4, 'sealed', $5, $6)`,
        [visit.tenant.id, id, who.id, id, at, gone],
      )
    const now = house.house.clock.now()
    await visit.transaction((inner) => sendNotice(inner, { ...who, language: 'nl' }, 'approverAdded'))
    await put(came, now.toString(), null)
    await put(went, now.subtract('PT24H').toString(), now.add('PT1M').toString())
    await saysNo()
    expect((await living()).approver).toEqual([went])
    expect(
      await house.sql('select from approver where id = $1 and push is null and removed_at is not null', [came]),
    ).toHaveLength(1)
  })
})

test('the phone is replaced with a stolen session: the notice puts the old one back, and the way in goes over mail and old phone', async () => {
  await replacesPhone('+31620202021')
  await saysNo()
  const owner = httpPerson(house, firm)
  await owner.go(/\/recovery\/[\w-]{30,}/.exec((await newest(house, firm, who.email)).text)![0])
  await owner.follow('main a[href$="/other"]')
  await owner.fill({ way: 'sms' })
  await owner.press()
  await owner.press('send')
  await owner.fill({ code: await codeTo(house, firm, who.number) })
  await owner.press()
  const fresh = 'Drie#natte regenlaarzen'
  await owner.fill({ password: fresh, repeat: fresh })
  await owner.press()
  await givesPassword(owner, who, fresh)
  house.forward('PT1M')
  await owner.fill({ code: who.app() })
  await owner.press()
  expect(await owner.at()).toBe('/home')
  expect(await house.outbox(firm, '+31620202021')).toHaveLength(1)
})

test('of several acts the notice of the oldest undoes all; a later one leaves what came before it', async () => {
  const before = await living()
  await addsPasskey()
  house.forward('PT1M')
  const between = await living()
  await addsApp()
  await saysNo()
  expect(await living()).toEqual(between)
  await saysNo(1)
  expect(await living()).toEqual(before)
})

test('what was changed before the notice stays changed', async () => {
  await replacesPhone('+31620202022')
  house.forward('PT1M')
  const own = await living()
  await addsApp()
  await saysNo()
  expect(await living()).toEqual(own)
})

test('a backup code that was used stays used', async () => {
  await addsApp()
  house.forward('PT1M')
  await house.sql('update backup_code set used_at = $2, replaced_at = $2 where account_id = $1', [
    who.id,
    house.house.clock.now().toString(),
  ])
  await saysNo()
  expect((await living()).backup_code).toEqual([])
  expect(await notMeLine()).toEqual({ away: 'authenticator', back: '', mail: 'sent' })
})

test('used, too old and put out of use by another: each link says so and changes nothing more', async () => {
  await addsApp()
  const first = await linkIn(house, firm, who.email, 'not-me')
  house.forward('PT1M')
  await addsApp()
  const second = await linkIn(house, firm, who.email, 'not-me')
  house.forward('P8D')
  const late = httpPerson(house, firm)
  await late.go(first)
  expect([late.status(), await late.reads()]).toEqual([410, expect.stringContaining('te oud')])
  const csrf = await late.ask(first, {
    method: 'POST',
    body: 'email=x',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
  expect(csrf.status).toBe(403)
  const fresh = await enters(await somebody(house, firm))
  expect(await fresh.at()).toBe('/home')
  await nobody(house, firm).transaction((inner) => sendNotice(inner, { ...who, language: 'nl' }, 'passwordChanged'))
  const third = await linkIn(house, firm, who.email, 'not-me')
  house.forward('PT1M')
  await nobody(house, firm).transaction((inner) => sendNotice(inner, { ...who, language: 'nl' }, 'passwordChanged'))
  const fourth = await linkIn(house, firm, who.email, 'not-me')
  const owner = httpPerson(house, firm)
  await owner.go(third)
  await owner.fill({ email: who.email })
  const again = owner.form()
  await owner.press()
  expect(await owner.at()).toBe('/profile/not-me/done')
  const mails = (await house.outbox(firm, who.email)).length
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
  expect(await house.outbox(firm, who.email)).toHaveLength(mails)
  expect(
    await house.sql(`select from audit_line where subject = $1 and action = 'account.notMe'`, [who.id]),
  ).toHaveLength(1)
})

test('a mailbox alone does not take off a second step that was just set up: it stays, and the way back asks for it', async () => {
  const owner = await somebody(house, 'vandam')
  await house.sql('update phone set removed_at = confirmed_at where account_id = $1', [owner.id])
  const person = await enters(owner)
  await person.go('/profile/apps/new')
  await person.fill({ code: (await scan(house, person)).code() })
  await person.press()
  expect(await person.mistakes()).toEqual({})
  const reader = httpPerson(house, 'vandam')
  await reader.go(await linkIn(house, 'vandam', owner.email, 'not-me'))
  await reader.fill({ email: owner.email })
  await reader.press()
  expect(
    await house.sql('select from authenticator where account_id = $1 and removed_at is null', [owner.id]),
  ).toHaveLength(1)
  await reader.go(/http\S+\/recovery\/[\w-]+/.exec((await newest(house, 'vandam', owner.email)).text)![0])
  expect(await reader.sees('main [name=password]')).toBe(false)
  expect(await reader.sees('main [name=code]')).toBe(true)
})
