import { afterAll, beforeAll, expect, test } from 'vitest'
import { invite, sendScheduled, type InvitationForm } from '../../src/modules/activation/index.ts'
import { findAccount } from '../../src/identity/accounts/index.ts'
import type { PersonContext } from '../../src/tenancy/context.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { enters, nobody, somebody } from '../support/somebody.ts'
import { signsIn } from '../support/staff.ts'
import { otherChoices } from '../support/choices.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { rowsIn } from '../support/rows.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal({ env: await otherChoices('kring', { invitation: { perDay: 10 } }) })
})
afterAll(() => portal.close())

async function member(slug: string, kind: 'staff' | 'admin' = 'staff'): Promise<HttpPerson> {
  const person = httpPerson(portal, slug)
  await signsIn(portal, slug, person, kind)
  return person
}
const form = (fields: Partial<InvitationForm>): InvitationForm => ({
  name: 'Noor de Wit',
  email: '',
  username: '',
  role: '',
  organisation: '',
  language: '',
  'birthDate-day': '',
  'birthDate-month': '',
  'birthDate-year': '',
  ...fields,
})
const invites = async (person: HttpPerson, email: string, name = 'Noor de Wit') => {
  await person.go('/staff/people/new')
  await person.fill({ name, email })
  await person.press()
  if (person.status() === 200) await person.press('/staff/people/new/invitation')
  return person.mistakes()
}
const pageOf = async (email: string) =>
  `/staff/people/${(await portal.sql<{ id: string }>('select id from account where email = $1', [email]))[0]!.id}`

test('one address gets an invitation a minute, three in an hour and ten in a day, and the page says from when', async () => {
  const staff = await member('loonhuis')
  const email = 'vaak@proef.example'
  expect(await invites(staff, email)).toEqual({})
  expect((await invites(staff, email)).email).toMatch(/vanaf \d+\.\d\d uur/i)
  expect(staff.status()).toBe(429)
  const address = await pageOf(email)
  await staff.go(address)
  expect(await staff.reads()).toMatch(/Opnieuw versturen kan vanaf \d+\.\d\d uur/)
  await staff.follow(`${address}/invitation`)
  expect(staff.status()).toBe(429)
  let sent = 1
  const again = async () => {
    await staff.go(`${address}/invitation`)
    if (staff.status() !== 200) return
    await staff.press()
    if (staff.status() === 200) sent++
  }
  for (let minute = 0; minute < 5; minute++) {
    portal.forward('PT61S')
    await again()
  }
  expect(sent, 'in an hour').toBe(3)
  for (let turn = 0; turn < 12; turn++) {
    portal.forward('PT29M')
    if ((await staff.ask('/home').then(({ status }) => status)) !== 200) await signsIn(portal, 'loonhuis', staff)
    await again()
  }
  expect(sent, 'in a day').toBe(10)
  expect((await portal.outbox('loonhuis', email)).filter(({ text }) => text.includes('/activation/'))).toHaveLength(10)
})

test('a client invites fifty people a day, one of the staff two hundred', async () => {
  const who = async (slug: string, kind: 'client' | 'staff') => {
    const made = await somebody(portal, slug, { kind })
    const context = nobody(portal, slug)
    const account = await findAccount(context, made.id)
    return Object.assign(context, { person: { ...account!, organisationId: account!.organisationId } }) as PersonContext
  }
  for (const [kind, most] of [
    ['client', 50],
    ['staff', 200],
  ] as const) {
    const context = await who('vandam', kind)
    if (kind === 'client')
      await rowsIn(context, `insert into organisation (tenant_id, id, name, created_at) values (?, ?, 'Proef BV', ?)`, [
        context.tenant.id,
        (context.person.organisationId = crypto.randomUUID()),
        context.at,
      ])
    let refused: unknown = null
    // All but three of them were sent before.
    const { limits, keyedDigest } = portal.services
    for (let sent = 0; sent < most - 3; sent++)
      await limits.countAttempt(keyedDigest('invitations by', context.person.id), [], context.now)
    for (let nth = 0; nth <= 3; nth++) {
      const result = await invite(context, form({ email: `${kind}-${nth}@veel.example`, role: 'director' }))
      if (nth < 3) expect(result, `${kind} ${nth}`).toEqual({ ok: true })
      else refused = result
    }
    expect(refused).toMatchObject({ ok: false, errors: { '': { key: 'staff.invite.today' } } })
  }
})

test('a list of more people than the firm invites in a day goes on the next day, and the page says so', async () => {
  portal.forward('P1D')
  const staff = await member('kring')
  const list = `naam,e-mail\n${Array.from({ length: 13 }, (_, nth) => `Lid ${nth},lid-${nth}@lijst.example`).join('\n')}`
  await staff.go('/staff/people/new')
  const csrf = staff.form().fields.find(([name]) => name === '_csrf')!
  await staff.send({
    action: '/staff/people/list/invitations',
    method: 'post',
    fields: [csrf, ['nonce', crypto.randomUUID()], ['list', list]],
  })
  expect(await staff.at()).toBe('/staff/people')
  expect(staff.page().toString()).toContain('gaat morgen vanzelf weg')
  const mails = async () => (await portal.outbox('kring')).filter(({ to }) => to.endsWith('@lijst.example')).length
  expect(await mails()).toBe(10)
  await staff.go(await pageOf('lid-12@lijst.example'))
  expect(await staff.reads()).toMatch(/wordt op .* vanzelf verstuurd/)
  await sendScheduled(nobody(portal, 'kring'))
  expect(await mails(), 'not before').toBe(10)
  portal.forward('P1D')
  for (let turn = 0; turn < 2; turn++) await sendScheduled(nobody(portal, 'kring'))
  expect(await mails(), 'each once').toBe(13)
})

test('no name is an address, wherever one is typed', async () => {
  const [staff, client] = [await member('kring'), await enters(await somebody(portal, 'kring'))]
  for (const name of [
    'Klik op www.evil.example',
    'evil.example',
    'mail@evil.example',
    'Kijk: https://evil',
    'a/b',
    'Noor\u200Bde Wit',
    'Noor\u202Ede Wit',
  ]) {
    expect(Object.keys(await invites(staff, 'naam@proef.example', name)), name).toEqual(['name'])
    await client.go('/profile/name')
    await client.fill({ name })
    await client.press()
    expect([client.status(), Object.keys(await client.mistakes())], name).toEqual([422, ['name']])
  }
  for (const name of ['J.P. Jansen', 'Th.M. van ’t Hof', "D'Angelo", 'Zoë-Anne Şahin', '佐藤 花子', 'A.Jansen']) {
    await client.go('/profile/name')
    await client.fill({ name })
    await client.press()
    expect(await client.mistakes(), name).toEqual({})
  }
})

test('of the staff nobody but an administrator withdraws, sends again or overwrites the invitation of an administrator', async () => {
  const email = 'nieuwe-baas@loonhuis.example'
  await invite(nobody(portal, 'loonhuis'), form({ email, name: 'Bea Baas' }), { kind: 'admin' })
  const [staff, admin, address] = [await member('loonhuis'), await member('loonhuis', 'admin'), await pageOf(email)]
  portal.forward('PT2M')
  const state = () =>
    portal.sql(
      'select a.name, a.blocked_at, o.id, o.dead_at from account a join one_time o on o.account_id = a.id where a.email = $1',
      [email],
    )
  const before = await state()
  await staff.go(address)
  expect(await staff.sees(`main a[href="${address}/withdrawal"]`)).toBe(false)
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await staff.ask('/staff/people/new')).text)![1]!
  for (const act of ['withdrawal', 'invitation']) {
    await staff.send({
      action: `${address}/${act}`,
      method: 'post',
      fields: [
        ['_csrf', csrf],
        ['nonce', crypto.randomUUID()],
      ],
    })
    expect([staff.status(), Object.keys(await staff.mistakes()).length], act).toEqual([409, 1])
  }
  expect(Object.keys(await invites(staff, email, 'Iemand Anders'))).toEqual(['email'])
  expect(await state()).toEqual(before)
  await admin.go(`${address}/withdrawal`)
  await admin.press()
  expect(admin.status()).toBe(200)
  expect(await state()).not.toEqual(before)
})
