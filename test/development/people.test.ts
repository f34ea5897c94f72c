import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadPeople, password, welcome, whoCanSignIn } from '../../src/modules/development/index.ts'
import { accountByIdentifier } from '../../src/identity/accounts/index.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowIn } from '../support/rows.ts'

let portal: QuietPortal
beforeAll(async () => {
  portal = await quietPortal()
  await loadPeople(portal.services)
})
afterAll(() => portal.close())

const count = async (slug: string) =>
  (await rowIn<{ n: number }>(portal.context(slug), 'select count(*)::int as n from account'))?.n

test('loading again changes nothing', async () => {
  const counts = async () => Promise.all(portal.tenants.map(({ slug }) => count(slug)))
  const before = await counts()
  await loadPeople(portal.services)
  expect(await counts()).toEqual(before)
})

test('everybody on the list is found by what they sign in with, and has the one password', async () => {
  for (const { tenant, identifier } of await whoCanSignIn(portal.services)) {
    const account = await accountByIdentifier(portal.context(tenant), identifier)
    expect(account, `${identifier} of ${tenant}`).not.toBeNull()
    expect(await portal.services.hasher.verifyPassword(account?.passwordHash ?? null, password)).toBe(true)
  }
})

test('every firm has an administrator, staff, a client, and somebody whose invitation is in the outbox', async () => {
  const people = await whoCanSignIn(portal.services)
  for (const { slug } of portal.tenants) {
    const kinds = people.filter(({ tenant }) => tenant === slug).map(({ kind }) => kind)
    expect(kinds, slug).toEqual(expect.arrayContaining(['admin', 'staff', 'client']))
    expect(
      (await portal.mails(slug)).some(({ text }) => text.includes('/activation/')),
      slug,
    ).toBe(true)
  }
})

test('the password would be accepted by every firm', async () => {
  for (const { slug, policy } of portal.tenants) {
    expect(
      policy.password.oneOf === null || [...policy.password.oneOf].some((sign) => password.includes(sign)),
      slug,
    ).toBe(true)
    expect(password.length, slug).toBeGreaterThanOrEqual(policy.password.minimum)
  }
})

test('the terminal names every firm with its address', async () => {
  const text = await welcome(portal.services)
  for (const { origin, policy } of portal.tenants) expect(text).toContain(`${policy.name}  ${origin}`)
  expect(text).toContain('/dev/outbox')
})
