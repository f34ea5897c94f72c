import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { savePhone } from '../../src/identity/factors/index.ts'
import { sendCodeTo } from '../../src/identity/factors/sms/factor.ts'
import { password, whoCanSignIn } from '../../src/modules/development/index.ts'
import type { Purpose } from '../../src/identity/tokens/one-time.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { signsIn } from '../support/staff.ts'
import { at } from '../recovery/way-back.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { otherChoices } from '../support/choices.ts'
import { rowsIn } from '../support/rows.ts'

const firm = 'polder'
let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal({
    env: await otherChoices(firm, { sms: { countries: ['NL', 'BE'], perHour: 10, perDay: 20 } }),
  })
})
afterAll(async () => {
  await portal.close()
})
beforeEach(() => portal.forward('P2D'))

/** So many people of the firm, each with a number of their own. */
async function people(count: number, slug = firm): Promise<{ id: string; number: string }[]> {
  const context = at(portal, slug)
  const some = Array.from({ length: count }, () => crypto.randomUUID())
  for (const id of some)
    await rowsIn(
      context,
      `insert into account (tenant_id, id, kind, name, email, email_lookup, language, created_at) values (?, ?, 'client', 'Iemand', ?, ?, 'nl', ?)`,
      [context.tenant.id, id, `${id}@veel.example`, `${id}@veel.example`, context.at],
    )
  return some.map((id) => ({
    id,
    number: `+3161${String(Number(BigInt(`0x${id.slice(0, 8)}`) % 9_000_000n) + 1_000_000)}`,
  }))
}
const send = ({ id, number }: { id: string; number: string }, purpose: Purpose = 'phoneCode', slug = firm) =>
  at(portal, slug).transaction((context) =>
    sendCodeTo(context, { id, name: 'Iemand', email: `${id}@veel.example`, language: 'nl' }, purpose, number),
  )
const texted = async (slug = firm) => (await portal.outbox(slug)).filter(({ kind }) => kind === 'sms').length
const lines = () =>
  portal.sql<{ actor: string | null; subject: string | null }>(
    `select actor, subject from audit_line where action = 'sms.usedUp'`,
  )

async function givesPassword(identifier: string): Promise<HttpPerson> {
  const person = httpPerson(portal, firm)
  await person.go('/sign-in')
  await person.fill({ identifier, password })
  await person.press()
  expect(await person.at()).toBe('/sign-in/code')
  return person
}
const identifierOf = async (kind: string) =>
  (await whoCanSignIn(portal.services)).find((each) => each.tenant === firm && each.kind === kind)!.identifier

test('of many at the same moment no more go than the firm’s hour allows, and later again', async () => {
  const before = await texted()
  const outcomes = await Promise.all((await people(24)).map((each) => send(each)))
  expect(outcomes.filter((each) => each === null)).toHaveLength(10)
  expect(new Set(outcomes.flatMap((each) => (each ? [each.reason] : [])))).toEqual(new Set(['budget']))
  expect((await texted()) - before).toBe(10)
  portal.forward('PT61M')
  for (const each of await people(10)) expect(await send(each)).toBeNull()
  portal.forward('PT61M')
  const [late] = await people(1)
  const refused = await send(late!)
  expect(refused?.reason, 'the day is full').toBe('budget')
  expect(refused!.seconds).toBeGreaterThan(21 * 3600)
  expect(refused!.seconds).toBeLessThanOrEqual(24 * 3600)
})

test('who is refused spends nothing, mails are not counted, and another firm has its own', async () => {
  for (const each of await people(12, 'vandam')) expect(await send(each, 'phoneCode', 'vandam')).toBeNull()
  const [one, ...others] = await people(10)
  expect(await send(one!)).toBeNull()
  for (let time = 0; time < 20; time++) expect((await send(one!))?.reason).toBe('recent')
  for (const each of others) expect(await send(each)).toBeNull()
  expect((await send((await people(1))[0]!))?.reason).toBe('budget')
})

test('signing in while nothing can be sent: the page says so and for how long, the log has one line, and an administrator sees it', async () => {
  const before = (await lines()).length
  const admin = httpPerson(portal, firm)
  await signsIn(portal, firm, admin, 'admin')
  await admin.go('/home')
  expect(await admin.reads()).not.toMatch(/sms’jes zijn op/)
  for (const each of await people(10)) await send(each)
  portal.forward('PT2M')
  const sent = await texted()
  const person = await givesPassword(await identifierOf('client'))
  expect(await person.reads()).toMatch(/aan niemand een code per sms.*Over 58 minuten.*neem contact op met Polder/s)
  expect(await person.sees('main [name=code]')).toBe(false)
  await person.press('/sign-in/code/again')
  expect([person.status(), (await person.mistakes())['']]).toEqual([429, expect.stringMatching(/Over 58 minuten/)])
  expect(await texted()).toBe(sent)
  expect((await lines()).slice(before)).toEqual([{ actor: null, subject: null }])
  await admin.go('/home')
  expect(await admin.reads()).toMatch(/sms’jes zijn op/)
  portal.forward('PT59M')
  const later = await givesPassword(await identifierOf('client'))
  expect(await texted()).toBe(sent + 1)
  expect(await later.sees('main [name=code]')).toBe(true)
})

test('a number kept before the choices changed gets no code, and its person is told', async () => {
  const identifier = await identifierOf('client')
  const [account] = await portal.sql<{ id: string }>('select id from account where username = $1 or email = $1', [
    identifier,
  ])
  await savePhone(at(portal, firm), account!.id, '+447400123456')
  const sent = await texted()
  const person = await givesPassword(identifier)
  expect(await person.reads()).toMatch(/Naar dit nummer sturen wij geen codes meer. Kies een andere manier/)
  expect(await person.sees('form[action="/sign-in/code/again"]')).toBe(false)
  expect(await texted()).toBe(sent)
})

test('a new number from elsewhere is refused with the countries that will do', async () => {
  const context = at(portal, firm)
  const { phoneRead } = await import('../../src/identity/accounts/index.ts')
  expect(phoneRead(context, '+44 7400 123456')).toEqual({
    errors: { phone: { key: 'accounts.phone.country', params: { countries: 'Nederland of België' } } },
  })
  expect(phoneRead(context, '0470 12 34 56')).toHaveProperty('errors')
  expect(phoneRead(context, '+32 470 12 34 56')).toEqual({ number: '+32470123456' })
})

test('five codes an hour to one number, whatever they are for; ten a day', async () => {
  const [one] = await people(1)
  const tries: (string | null)[] = []
  for (const purpose of ['phoneCode', 'signInCode', 'stepUpCode', 'resetCode', 'phoneCode', 'signInCode'] as const) {
    tries.push((await send(one!, purpose))?.reason ?? null)
    portal.forward('PT61S')
  }
  expect(tries).toEqual([null, null, null, null, null, 'often'])
  portal.forward('PT1H')
  for (let time = 0; time < 5; time++) {
    expect(await send(one!), 'the second five').toBeNull()
    portal.forward('PT61S')
  }
  portal.forward('PT2H')
  const refused = await send(one!)
  expect(refused?.reason).toBe('often')
  expect(refused!.seconds).toBeGreaterThan(20 * 3600)
})

test('a number gets no more than twenty codes a day from all firms together, and the wait is said', async () => {
  const number = '+31612348888'
  for (let time = 0; time < 2; time++) {
    for (const slug of ['kring', 'loonhuis'] as const) {
      for (const { id } of await people(5, slug)) {
        expect(await send({ id, number }, 'phoneCode', slug)).toBeNull()
        portal.forward('PT61S')
      }
    }
    portal.forward('PT61M')
  }
  const [last] = await people(1, 'vandam')
  const refused = await send({ id: last!.id, number }, 'phoneCode', 'vandam')
  expect(refused?.reason).toBe('often')
  expect(refused!.seconds).toBeGreaterThan(20 * 3600)
})
