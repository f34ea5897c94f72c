import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadPeople, password, welcome, whoCanSignIn } from '../../src/rooms/dev/index.ts'
import { accountByIdentifier } from '../../src/rooms/accounts/index.ts'
import { quietHouse, type QuietHouse } from '../setup/visits.ts'

let house: QuietHouse
beforeAll(async () => {
  house = await quietHouse()
  await loadPeople(house.house)
})
afterAll(() => house.close())

const count = async (slug: string) =>
  (await house.visit(slug).one<{ n: number }>('select count(*)::int as n from account'))?.n

test('loading again changes nothing', async () => {
  const counts = async () => Promise.all(house.house.tenants.all.map(({ slug }) => count(slug)))
  const before = await counts()
  await loadPeople(house.house)
  expect(await counts()).toEqual(before)
})

test('everybody on the list is found by what they sign in with, and has the one password', async () => {
  for (const { tenant, identifier } of await whoCanSignIn(house.house)) {
    const account = await accountByIdentifier(house.visit(tenant), identifier)
    expect(account, `${identifier} of ${tenant}`).not.toBeNull()
    expect(await house.house.hasher.verifyPassword(account?.passwordHash ?? null, password)).toBe(true)
  }
})

test('every firm has an administrator, staff, a client, and somebody whose invitation is in the outbox', async () => {
  const people = await whoCanSignIn(house.house)
  for (const { slug } of house.house.tenants.all) {
    const kinds = people.filter(({ tenant }) => tenant === slug).map(({ kind }) => kind)
    expect(kinds, slug).toEqual(expect.arrayContaining(['admin', 'staff', 'client']))
    expect(
      (await house.mails(slug)).some(({ text }) => text.includes('/activation/')),
      slug,
    ).toBe(true)
  }
})

test('the password would be accepted by every firm', async () => {
  for (const { slug, policy } of house.house.tenants.all) {
    expect(
      policy.password.oneOf === null || [...policy.password.oneOf].some((sign) => password.includes(sign)),
      slug,
    ).toBe(true)
    expect(password.length, slug).toBeGreaterThanOrEqual(policy.password.minimum)
  }
})

test('the terminal names every firm with its address', async () => {
  const text = await welcome(house.house)
  for (const { origin, policy } of house.house.tenants.all) expect(text).toContain(`${policy.name}  ${origin}`)
  expect(text).toContain('/dev/outbox')
})
