import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Policy } from '../../src/tenancy/policy.ts'
import { parsePolicy } from '../support/policy.ts'
import type { FactorFacts } from '../../src/identity/factors/index.ts'
import { missing, type RequirementFacts } from '../../src/identity/requirements/index.ts'
import { everything } from '../support/steps.ts'

const file = JSON.parse(readFileSync(join(import.meta.dirname, '../../tenants/vandam/tenant.json'), 'utf8')) as Record<
  string,
  unknown
>
function choices(changed: Record<string, unknown> = {}): Policy {
  const read = parsePolicy({ ...file, ...changed })
  if (!read.ok) throw new Error(JSON.stringify(read.issues))
  return read.policy
}
const withPhone = { activation: [{ step: 'password' }, { step: 'phone' }, { step: 'done' }] }
const always = {
  secondFactor: { of: ['sms', 'authenticator'], when: 'always' },
  onboarding: withPhone,
  password: { minimum: 15 },
}

/** A firm whose choices were published one after another, each with its day. */
function firm(...published: [day: string, policy: Policy][]) {
  return {
    policy: published.at(-1)![1],
    version: published.length,
    versions: new Map(published.map(([, policy], at) => [at + 1, policy])),
    published: new Map(published.map(([day], at) => [at + 1, new Date(`${day}T09:00:00Z`)])),
  }
}
const nothing: FactorFacts = {
  ownPeople: false,
  has: [],
  spent: [],
}
const has = (factors: Partial<FactorFacts>, password: object = {}): RequirementFacts => ({
  secondFactor: { ...nothing, ...factors },
  password: { password: true, version: 1, ...password },
})
const none = has({})
const lacking = (
  firm: Parameters<typeof missing>[1],
  requirementFacts: RequirementFacts,
  via: 'passkey' | null = null,
) => missing({ modules: everything }, firm, requirementFacts, via)
const words = (found: ReturnType<typeof lacking>) => found && `${found.names.join('+')} ${found.from} ${found.until}`

test('nothing is asked of anybody as long as the choices stay, or become looser', () => {
  expect(lacking(firm(['2026-01-01', choices()]), none)).toBeNull()
  expect(
    lacking(firm(['2026-01-01', choices({ password: { minimum: 20 } })], ['2026-02-01', choices()]), none),
  ).toBeNull()
  expect(lacking(firm(['2026-01-01', choices(always)], ['2026-02-01', choices()]), none)).toBeNull()
})

test('a second step that becomes obligatory is asked of who has none, from the day it was published or the day the firm named', () => {
  const grace = (existing: object) => choices({ ...always, existing })
  expect(words(lacking(firm(['2026-01-01', choices()], ['2026-02-01', grace({})]), none))).toBe(
    'secondFactor 2026-02-01 2026-02-15',
  )
  expect(
    words(lacking(firm(['2026-01-01', choices()], ['2026-02-01', grace({ from: '2026-03-01', grace: 'P1M' })]), none)),
  ).toBe('secondFactor 2026-03-01 2026-04-01')
  expect(lacking(firm(['2026-01-01', choices()], ['2026-02-01', grace({})]), has({ has: ['sms'] }))).toBeNull()
})

test('a day long gone gives nobody a grace of nothing: what is asked later counts from its own day', () => {
  const named = { existing: { from: '2026-01-15' } }
  const firms = firm(['2026-01-01', choices(named)], ['2026-06-01', choices({ ...named, password: { minimum: 20 } })])
  expect(words(lacking(firms, none))).toBe('password 2026-06-01 2026-06-15')
})

test('what was asked from the beginning is no news, and cannot wait; unless the firm named a day', () => {
  expect(words(lacking(firm(['2026-01-01', choices(always)]), none))).toBe('secondFactor 2026-01-01 2026-01-01')
  expect(words(lacking(firm(['2026-01-01', choices({ ...always, existing: { from: '2026-02-01' } })]), none))).toBe(
    'secondFactor 2026-02-01 2026-02-15',
  )
})

test('another publication in between does not begin the grace anew', () => {
  const firms = firm(
    ['2026-01-01', choices()],
    ['2026-02-01', choices(always)],
    ['2026-02-10', choices({ ...always, name: 'Van Dam en dochters' })],
  )
  expect(words(lacking(firms, none))).toBe('secondFactor 2026-02-01 2026-02-15')
})

test('a stronger factor is asked of who has only one that is offered no more', () => {
  const onlyApp = {
    secondFactor: { of: ['authenticator'], when: 'always' },
    onboarding: { activation: [{ step: 'password' }, { step: 'authenticator' }, { step: 'done' }] },
    password: { minimum: 15 },
  }
  const firms = firm(['2026-01-01', choices(always)], ['2026-02-01', choices(onlyApp)])
  expect(words(lacking(firms, has({ has: ['sms'] })))).toBe('secondFactor 2026-02-01 2026-02-15')
  expect(lacking(firms, has({ has: ['authenticator', 'sms'] }))).toBeNull()
})

test.each([
  ['longer', { minimum: 16 }],
  ['a special character', { minimum: 15, oneOf: '!?' }],
])('a password chosen by looser rules is asked again: %s', (_, password) => {
  const firms = firm(['2026-01-01', choices()], ['2026-02-01', choices({ password })])
  expect(lacking(firms, none)?.names).toEqual(['password'])
  expect(lacking(firms, has({}, { version: 2 })), 'seen to be good enough since').toBeNull()
  expect(lacking(firms, has({}, { password: false })), 'has none').toBeNull()
  expect(lacking(firms, none, 'passkey'), 'came without it').toBeNull()
  expect(lacking(firms, has({}, { version: null }))?.names, 'from before that was kept').toEqual(['password'])
})
