import { afterAll, beforeAll, expect, test } from 'vitest'
import { httpPerson } from '../support/http.ts'
import { signsIn } from '../support/staff.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { chooses, forgets, fresh, known, linkIn, mails, opens, staffMember } from './way-back.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const marijke = 'marijke@beoordelaar.example'
const idOf = async (email: string) =>
  (await portal.sql<{ id: string }>('select id from account where email = $1', [email]))[0]!.id

test('who lost everything asks the firm; two people say yes, and the link they get asks no factor and takes the lost ones away', async () => {
  const person = await forgets(portal, 'kring', marijke)
  await person.go(await linkIn(portal, 'kring', marijke))
  await person.follow('main a[href$="/none"]')
  await person.fill({ email: marijke })
  await person.press()
  expect(await person.at()).toBe('/recovery/waiting')
  expect(await opens(portal, 'kring', marijke, known)).toBe(true)
  for (const kind of ['staff', 'admin'] as const) {
    const member = await staffMember(portal, 'kring', kind)
    await member.go('/staff/resets')
    await member.follow('main a[href$="/release"]')
    await member.press()
    expect(await member.mistakes()).toEqual({})
  }
  const link = await linkIn(portal, 'kring', marijke)
  portal.forward('PT5H')
  await person.go(link)
  await chooses(person)
  expect(await person.at()).toBe('/sign-in')
  expect(
    await portal.sql('select from phone where removed_at is null and account_id = $1', [await idOf(marijke)]),
  ).toHaveLength(0)
  expect(await mails(portal, 'kring', marijke, /staat uit/)).toBe(1)
  portal.forward('PT2M')
  await person.fill({ identifier: marijke, password: fresh })
  await person.press()
  expect(await person.at()).toMatch(/^\/onboarding\//)
  expect((await person.ask('/home')).headers.location).toBe('/onboarding')
})

test('staff start a reset: the password is worth nothing at once, and the person alone chooses the next', async () => {
  const thomas = 'thomas@beoordelaar.example'
  const staff = await staffMember(portal, 'kring', 'staff')
  const address = `/staff/people/${await idOf(thomas)}`
  await staff.go(address)
  await staff.follow(`${address}/reset`)
  expect(await opens(portal, 'kring', thomas, known), 'looking does nothing').toBe(true)
  await staff.press(`${address}/reset`)
  expect(await staff.mistakes()).toEqual({})
  expect(await mails(portal, 'kring', thomas, /new password/)).toBe(1)
  expect(await opens(portal, 'kring', thomas, known)).toBe(false)
  const person = await forgets(portal, 'kring', thomas)
  await person.go(await linkIn(portal, 'kring', thomas))
  expect(await person.sees('main button[value=send]')).toBe(true)
})

test('blocking ends it all at the next request, and unblocking brings no session back', async () => {
  const other = 'loonhuis'
  const staff = await staffMember(portal, other, 'staff')
  const client = httpPerson(portal, other)
  const ellen = 'ellen@bakkerij-kroes.example'
  await signsIn(portal, other, client, 'client')
  const before = await client.ask('/onboarding')
  const address = `/staff/people/${await idOf(ellen)}`
  await staff.go(address)
  await staff.follow(`${address}/block`)
  await staff.press(`${address}/block`)
  expect(before.status).toBeLessThan(400)
  expect((await client.ask('/onboarding')).headers.location).toBe('/sign-in')
  expect(await opens(portal, other, ellen, known)).toBe(false)
  const again = await staffMember(portal, other, 'staff')
  await again.go(address)
  await again.follow(`${address}/unblock`)
  await again.press(`${address}/unblock`)
  expect((await client.ask('/onboarding')).headers.location).toBe('/sign-in')
  expect(await opens(portal, other, ellen, known)).toBe(true)
})

test('nobody acts on themselves, staff not on an administrator, clients on nobody', async () => {
  const staff = await staffMember(portal, 'polder', 'staff')
  const own = `/staff/people/${await idOf('ruben@polder.example')}`
  const admin = `/staff/people/${await idOf('ineke@polder.example')}`
  const target = `/staff/people/${await idOf('petra@huisartsen-dijkzicht.example')}`
  for (const address of [own, admin, target]) {
    await staff.go(address)
    expect(await staff.sees(`a[href="${address}/block"]`)).toBe(false)
    const form = {
      action: `${address}/block`,
      method: 'post',
      fields: staff
        .page()
        .querySelectorAll('form[method=post] input[name=_csrf]')
        .slice(0, 1)
        .map((field): [string, string] => ['_csrf', field.getAttribute('value')!]),
    }
    await staff.send(form)
    expect(staff.status(), address).toBe(409)
  }
  const client = httpPerson(portal, 'polder')
  await signsIn(portal, 'polder', client, 'client')
  await client.go('/staff/people')
  const token = client.page().querySelector('input[name=_csrf]')!.getAttribute('value')!
  for (const act of ['reset', 'block', 'unblock']) {
    await client.send({ action: `${target}/${act}`, method: 'post', fields: [['_csrf', token]] })
    expect(client.status()).toBe(404)
  }
  expect((await client.ask('/staff/resets')).status).toBe(404)
})
