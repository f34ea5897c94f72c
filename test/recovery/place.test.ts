import { offersGiven } from '../../src/identity/factors/index.ts'
import { everything } from '../support/steps.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parsePolicy } from '../support/policy.ts'
import type { Policy } from '../../src/tenancy/policy.ts'
import { position } from '../../src/identity/flow/index.ts'
import type { RecoveryFacts } from '../../src/modules/recovery/facts.ts'
import { kinds, recoverySteps } from '../../src/modules/recovery/steps/index.ts'

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
const nobody: RecoveryFacts = {
  choices: policy('kring'),
  hasPassword: true,
  secondStep: false,
  factors: { ownPeople: false, has: [], spent: [] },
  has: {},
  marks: {},
  via: null,
  since: null,
  active: true,
  question: null,
  released: false,
  inGrace: false,
  given: false,
  ways: [],
  waiting: { hash: null, number: null },
}
/** The steps somebody has done, and what waits. */
const did = (...steps: string[]): Pick<RecoveryFacts, 'marks'> => ({
  marks: Object.fromEntries(steps.map((step) => [step, { outcome: 'done', value: null, at: new Date(0) }])),
})
const both = { waiting: { hash: 'hash', number: '+31612345678' } }
/** Where somebody is; `save` when all is there. */
function at(slug: string, facts: Partial<RecoveryFacts>): string {
  const choices = policy(slug)
  return (
    position(
      recoverySteps(choices),
      { ...nobody, choices, given: offersGiven({ services: { modules: everything } }, choices), ...facts },
      kinds,
    )?.id ?? 'save'
  )
}

test('who has a factor gives it before a password is asked, wherever signing in may do without', () => {
  for (const slug of ['kring', 'loonhuis', 'vandam', 'linde']) {
    expect(at(slug, { ways: ['authenticator'] })).toBe('code')
    expect(at(slug, { ways: ['authenticator'], ...did('code') })).toBe('password')
    expect(at(slug, { ways: ['authenticator'], released: true })).toBe('password')
  }
})

test('who has none goes on only where signing in would let them', () => {
  expect(Object.fromEntries(['kring', 'loonhuis', 'vandam', 'linde'].map((slug) => [slug, at(slug, {})]))).toEqual({
    // Where a factor is asked of who has none, the page says that they are stuck.
    kring: 'code',
    loonhuis: 'code',
    vandam: 'password',
    linde: 'password',
  })
  expect(at('loonhuis', { inGrace: true })).toBe('password')
  expect(at('kring', { active: false })).toBe('password')
})

test('a question comes first, and is never instead of a factor', () => {
  expect(at('linde', { question: 'Welke?', ways: ['authenticator'] })).toBe('question')
  expect(at('linde', { question: 'Welke?', ...did('question'), ways: ['authenticator'] })).toBe('code')
  expect(at('kring', { question: 'Welke?', ways: ['sms'] })).toBe('code')
})

test('number and password wait until new number and old factor are shown', () => {
  expect([
    at('polder', {}),
    at('polder', { waiting: { hash: 'hash', number: null } }),
    at('polder', both),
    at('polder', { ...both, ...did('numberCode'), ways: ['sms'] }),
    at('polder', { ...both, ...did('numberCode') }),
    at('polder', { ...both, ...did('numberCode', 'code'), ways: ['sms'] }),
  ]).toEqual(['together', 'together', 'numberCode', 'code', 'code', 'save'])
})

test('choices that make no sense together stop the start, with the place and what to change', () => {
  expect(read('kring', { also: 'oldPhoneOrDelay' })).toMatchObject({ ok: false, issues: [{ path: 'recovery.also' }] })
  expect(read('kring', { question: true })).toMatchObject({ ok: false, issues: [{ path: 'recovery.question' }] })
  expect(read('linde', { phone: true })).toMatchObject({ ok: false, issues: [{ path: 'recovery.phone' }] })
})
