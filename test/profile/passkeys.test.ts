import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserPerson, closeBrowser } from '../support/browser.ts'
import { Device, type Options } from '../support/device.ts'
import { httpPerson, type HttpPerson, type Sending } from '../support/http.ts'
import { codeTo } from '../support/phone.ts'
import { signsIn } from '../support/staff.ts'
import { virtual } from '../support/virtual.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { account, client, linkIn, password } from './signed-in.ts'

const firm = 'kring'
const email = 'marijke@beoordelaar.example'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

const alive = async (of = email, slug = firm) =>
  portal.sql<{ id: string; name: string }>(
    'select id, name from passkey where account_id = $1 and removed_at is null order by created_at',
    [(await account(portal, slug, of)).id],
  )
const actions = async (of = email, slug = firm) =>
  (
    await portal.sql<{ action: string }>('select action from audit_line where subject = $1 order by seq desc limit 3', [
      (await account(portal, slug, of)).id,
    ])
  ).map(({ action }) => action)

/** The form that a passkey goes with, as the page's script fills it in. */
function filled(person: HttpPerson, answer: (options: Options) => string, more: Record<string, string> = {}): Sending {
  const part = person.page().querySelector('[data-passkey]')!
  const form = part.closest('form')!
  const hidden = form
    .querySelectorAll('input')
    .map((field): [string, string] => [field.getAttribute('name') ?? '', field.getAttribute('value') ?? ''])
  const name = part.querySelector('input')!.getAttribute('name')!
  const fields = new Map([
    ...hidden,
    ...Object.entries(more),
    [name, answer(JSON.parse(part.getAttribute('data-options')!) as Options)],
  ] as [string, string][])
  return { action: form.getAttribute('action')!, method: 'post', fields: [...fields] }
}
const sends = (person: HttpPerson, answer: (options: Options) => string, more?: Record<string, string>) =>
  person.send(filled(person, answer, more))

test('two passkeys with a name each in a real browser; one gets another name, one goes', async () => {
  const person = await browserPerson(portal, firm, { javaScript: true })
  const device = await virtual(person)
  await signsIn(portal, firm, person, 'client')
  await person.go('/profile')
  await person.follow('/profile/passkeys')
  expect(await person.reads()).toContain('U heeft nog geen passkey')
  await person.follow('/profile/passkeys/new')
  expect(await person.page.locator('[name=name]').inputValue()).toMatch(/ op \w+$/)
  await person.fill({ name: 'Mijn laptop' })
  await device.press()
  expect(await person.mistakes()).toEqual({})
  expect(await person.at()).toBe('/profile/passkeys')
  expect(await person.reads()).toMatch(/toegevoegd.*Mijn laptop.*Gemaakt op 20 november 2026 Nog niet gebruikt/)
  expect((await actions())[0]).toBe('passkey.added')
  expect((await portal.outbox(firm, email))[0]?.subject).toBe('Er is een passkey toegevoegd')

  await person.follow('/profile/passkeys/new')
  expect(await device.fails()).toContain('staat al een passkey')
  await device.swap()
  await person.fill({ name: 'Mijn telefoon' })
  await device.press()
  expect((await alive()).map(({ name }) => name)).toEqual(['Mijn laptop', 'Mijn telefoon'])

  const [laptop, phone] = await alive()
  await person.follow(`/profile/passkeys/${laptop!.id}/name`)
  await person.fill({ name: '' })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['name'])
  await person.fill({ name: 'x'.repeat(61) })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['name'])
  await person.fill({ name: 'Oude laptop' })
  await person.press()
  expect(await person.reads()).toContain('Oude laptop')

  await person.follow(`/profile/passkeys/${laptop!.id}/remove`)
  expect(await person.reads()).toMatch(/Oude laptop.*niet meer inloggen/)
  await person.press()
  expect(await alive()).toEqual([phone])
  expect((await portal.outbox(firm, email))[0]?.subject).toBe('Er is een passkey weggehaald')
  await person.follow('/profile')
  expect(await person.reads()).toContain('Passkeys 1 passkey')
  await person.go('/profile/activity')
  for (const words of ['Passkey toegevoegd', 'Passkey een andere naam gegeven', 'Passkey weggehaald'])
    expect(await person.reads()).toContain(words)
  await person.close()
})

test('without JavaScript the page says so and nothing can be pressed', async () => {
  const person = await browserPerson(portal, firm, { javaScript: false })
  await signsIn(portal, firm, person, 'staff')
  await person.go('/profile/passkeys/new')
  expect(await person.reads()).toContain('alleen met JavaScript')
  expect(await person.page.locator('[data-passkey] button').isVisible()).toBe(false)
  await person.close()
})

/** Signs somebody of the firm in over HTTP with an SMS, whatever way comes first. */
async function bySms(): Promise<HttpPerson> {
  const person = httpPerson(portal, firm)
  portal.forward('PT2M')
  await person.go('/sign-in')
  await person.fill({ identifier: email, password })
  await person.press()
  if (await person.sees('[data-passkey]')) {
    await person.follow('/sign-in/other')
    await person.fill({ way: 'sms' })
    await person.press()
  }
  await person.fill({ code: await codeTo(portal, firm, '+31612345602') })
  await person.press()
  expect(await person.at()).toBe('/home')
  return person
}

test('adding ends every other session; the same form twice adds one; a mistake keeps the name; what is sent odd is said', async () => {
  const elsewhere = await bySms()
  const person = await bySms()
  const device = new Device(portal.url(firm, ''))
  await person.go('/profile/passkeys/new')
  await sends(person, () => '', { name: 'Sleutel' })
  expect(Object.keys(await person.mistakes())).toEqual(['passkey'])
  expect(person.page().querySelector('[name=name]')!.getAttribute('value')).toBe('Sleutel')
  await sends(person, () => '{"nothing": [', { name: 'Sleutel' })
  expect([person.status(), Object.keys(await person.mistakes())]).toEqual([422, ['passkey']])
  const before = (await alive()).length
  const sending = filled(person, (options) => device.makes(options), { name: 'Sleutel' })
  await Promise.all([person.send(sending), person.send(sending)])
  await person.go('/profile/passkeys')
  expect(await person.reads()).toContain('Sleutel')
  expect(await alive()).toHaveLength(before + 1)
  await elsewhere.go('/home')
  expect(await elsewhere.at()).toBe('/sign-in')
  await person.go('/profile/passkeys/new')
  expect(person.page().querySelector('[name=name]')!.getAttribute('value')).not.toBe('Sleutel')
})

test('a page left open makes no passkey where the firm takes none any more', async () => {
  const before = await alive()
  const person = await bySms()
  await person.go('/profile/passkeys/new')
  const sending = filled(person, (options) => new Device(portal.url(firm, '')).makes(options), { name: 'Te laat' })
  const { of } = portal.tenant(firm).policy.secondFactor
  of.splice(of.indexOf('passkey'), 1)
  await person.send(sending)
  of.unshift('passkey')
  expect(person.status()).toBe(404)
  expect(await alive()).toEqual(before)
})

test('nobody sees, names or takes away the passkey of somebody else, and changes ask who one is', async () => {
  const [mine] = await alive()
  const thomas = (await account(portal, firm, 'thomas@beoordelaar.example')).id
  const theirs = crypto.randomUUID()
  await portal.sql(
    `insert into passkey (tenant_id, id, account_id, name, credential, public_key, counter, transports, synced, created_at)
    select tenant_id, $1, $2, 'Van Thomas', 'AAAA', 'AAAA', 0, '', false, created_at from passkey where id = $3`,
    [theirs, thomas, mine!.id],
  )
  const person = await bySms()
  for (const act of ['name', 'remove']) {
    const [status, unknown] = [
      await person.ask(`/profile/passkeys/${theirs}/${act}`),
      await person.ask(`/profile/passkeys/${crypto.randomUUID()}/${act}`),
    ].map(({ status }) => status)
    expect([status, unknown]).toEqual([404, 404])
  }
  await person.go(`/profile/passkeys/${mine!.id}/remove`)
  const sending = person.form()
  await person.send({ ...sending, action: `/profile/passkeys/${theirs}/remove` })
  expect(person.status()).toBe(404)
  expect(await alive('thomas@beoordelaar.example')).toHaveLength(1)
  portal.forward('PT6M')
  await person.go('/profile/passkeys')
  expect(await person.at()).toBe('/profile/passkeys')
  await person.go('/profile/passkeys/new')
  expect(await person.at()).toBe('/step-up')
})

test('the last second step stays where the firm asks one', async () => {
  const person = await bySms()
  const { id } = await account(portal, firm, email)
  const [one, ...others] = await alive()
  for (const each of others) await portal.sql('update passkey set removed_at = created_at where id = $1', [each.id])
  await person.go(`/profile/passkeys/${one!.id}/remove`)
  const sending = person.form()
  await portal.sql('update phone set removed_at = confirmed_at where account_id = $1', [id])
  await person.send(sending)
  expect(person.status()).toBe(409)
  expect(await alive()).toEqual([one])
  await person.go(`/profile/passkeys/${one!.id}/remove`)
  expect(await person.sees('main form')).toBe(false)
  await portal.sql('update phone set removed_at = null where account_id = $1', [id])
})

test('"this was not me" takes away a passkey that came with the notice, and leaves what was there before', async () => {
  const before = await alive()
  const person = await bySms()
  await person.go('/profile/passkeys/new')
  await sends(person, (options) => new Device(portal.url(firm, '')).makes(options), { name: 'Van een ander' })
  expect(await alive()).toHaveLength(before.length + 1)
  const owner = httpPerson(portal, firm)
  await owner.go(await linkIn(portal, firm, email, 'not-me'))
  expect(await owner.reads()).toContain('Wat erbij kwam, werkt niet meer')
  await owner.fill({ email })
  await owner.press()
  expect(await owner.at()).toBe('/profile/not-me/done')
  expect(await alive()).toEqual(before)
})

test('who had no second step is led to a backup code at once, and is told that the second step is on', async () => {
  const [slug, of] = ['loonhuis', 'mo@bakkali-bouw.example']
  const person = httpPerson(portal, slug)
  await person.go('/sign-in')
  await person.fill({ identifier: of })
  await person.press()
  await person.fill({ password })
  await person.press()
  await person.fill({ agreed: true })
  await person.press()
  await person.press('later')
  await person.go('/profile/passkeys/new')
  await sends(person, (options) => new Device(portal.url(slug, '')).makes(options))
  expect(await person.at()).toBe('/profile/backup-code')
  expect((await portal.outbox(slug, of))[0]?.subject).toBe('Controle in 2 stappen staat aan')
  await person.fill({ saved: true })
  await person.press()
  expect(await person.mistakes()).toEqual({})
  const [one] = await alive(of, slug)
  expect(one!.name).not.toBe('')
  const mine = (await account(portal, slug, of)).id
  const remove = `/profile/passkeys/${one!.id}/remove`
  await portal.sql('update backup_code set replaced_at = created_at where account_id = $1', [mine])
  await person.go(remove)
  expect(await person.reads()).not.toContain('reservecode')
  await portal.sql('update backup_code set replaced_at = null where account_id = $1', [mine])
  await person.go(remove)
  expect(await person.reads()).toMatch(/alleen uw wachtwoord.*en uw reservecode werkt niet meer/s)
  await person.press()
  expect((await portal.outbox(slug, of)).map(({ subject }) => subject)).toContain('Controle in 2 stappen staat uit')
  expect(
    await portal.sql('select from backup_code where account_id = $1 and used_at is null and replaced_at is null', [
      mine,
    ]),
  ).toEqual([])
})

test('a firm that takes no passkeys has no such pages', async () => {
  const person = await client(portal, 'linde')
  await person.go('/profile')
  expect(await person.reads()).not.toContain('asskey')
  for (const at of ['/profile/passkeys', '/profile/passkeys/new'])
    expect([404, 303]).toContain((await person.ask(at)).status)
})
