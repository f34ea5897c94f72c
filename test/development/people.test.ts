import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { termsPolicy } from '../../src/modules/terms/policy.ts'
import { root } from '../architecture/sources.ts'
import { loadPeople, password, welcome, whoCanSignIn } from '../../src/modules/development/index.ts'
import { accountByIdentifier } from '../../src/identity/accounts/index.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowIn, rowsIn } from '../support/rows.ts'

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

test('they have what the modules say: an organisation, and the terms agreed to where they came in', async () => {
  const listed = JSON.parse(readFileSync(`${root}/tenants/loonhuis/people.json`, 'utf8')) as Record<string, string>[]
  const context = portal.context('loonhuis')
  const rows = await rowsIn<{ email: string; organisation: string | null; agreed: boolean }>(
    context,
    `select a.email, (select name from organisation where id = a.organisation_id) as organisation,
      exists (select from terms_acceptance where account_id = a.id) as agreed
     from account a`,
  )
  const hasTerms = context.policy.of(termsPolicy) !== null
  const has = new Map(rows.map((row) => [row.email, row]))
  expect(listed.some(({ organisation }) => organisation)).toBe(true)
  for (const { email = '', organisation = null, state = 'active' } of listed)
    expect(has.get(email), email).toMatchObject({ organisation, agreed: hasTerms && state === 'active' })
  expect(rows.some(({ agreed }) => agreed)).toBe(hasTerms)
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
