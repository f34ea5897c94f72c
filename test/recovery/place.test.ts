import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parsePolicy } from '../support/policy.ts'
import type { Policy } from '../../src/tenancy/policy.ts'
import { place, type ResetFacts } from '../../src/modules/recovery/place.ts'

const file = (slug: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../tenants/${slug}/tenant.json`), 'utf8')) as Record<
    string,
    unknown
  >
const read = (slug: string, recovery?: object) => parsePolicy({ ...file(slug), ...(recovery && { recovery }) })
const policy = (slug: string): Policy => {
  const parsed = read(slug)
  if (!parsed.ok) throw new Error(slug)
  return parsed.policy
}
const nobody: ResetFacts = {
  active: true,
  hasQuestion: false,
  answered: false,
  released: false,
  inGrace: false,
  ways: [],
  proven: false,
  waiting: false,
  numberProven: false,
}
const at = (slug: string, facts: Partial<ResetFacts>) => place(policy(slug), { ...nobody, ...facts })

test('who has a factor gives it before a password is asked, wherever signing in may do without', () => {
  for (const slug of ['kring', 'loonhuis', 'vandam', 'linde']) {
    expect(at(slug, { ways: ['authenticator'] })).toBe('code')
    expect(at(slug, { ways: ['authenticator'], proven: true })).toBe('password')
    expect(at(slug, { ways: ['authenticator'], released: true })).toBe('password')
  }
})

test('who has none goes on only where signing in would let them', () => {
  expect(Object.fromEntries(['kring', 'loonhuis', 'vandam', 'linde'].map((slug) => [slug, at(slug, {})]))).toEqual({
    kring: 'stuck',
    loonhuis: 'stuck',
    vandam: 'password',
    linde: 'password',
  })
  expect(at('loonhuis', { inGrace: true })).toBe('password')
  expect(at('kring', { active: false })).toBe('password')
})

test('a question comes first, and is never instead of a factor', () => {
  expect(at('linde', { hasQuestion: true, ways: ['authenticator'] })).toBe('question')
  expect(at('linde', { hasQuestion: true, answered: true, ways: ['authenticator'] })).toBe('code')
  expect(at('kring', { hasQuestion: true, ways: ['sms'] })).toBe('code')
})

test('number and password wait until new number and old factor are shown', () => {
  expect([
    at('polder', {}),
    at('polder', { waiting: true }),
    at('polder', { waiting: true, numberProven: true, ways: ['sms'] }),
    at('polder', { waiting: true, numberProven: true }),
    at('polder', { waiting: true, numberProven: true, ways: ['sms'], proven: true }),
  ]).toEqual(['together', 'numberCode', 'code', 'stuck', 'save'])
})

test('choices that make no sense together stop the start, with the place and what to change', () => {
  expect(read('kring', { also: 'oldPhoneOrDelay' })).toMatchObject({ ok: false, issues: [{ path: 'recovery.also' }] })
  expect(read('kring', { question: true })).toMatchObject({ ok: false, issues: [{ path: 'recovery.question' }] })
  expect(read('linde', { phone: true })).toMatchObject({ ok: false, issues: [{ path: 'recovery.phone' }] })
})
