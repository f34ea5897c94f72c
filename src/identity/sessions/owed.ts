import { choicesFor } from '../../tenancy/own-people.ts'
import type { Policy } from '../../tenancy/policy.ts'
import type { Tenant } from '../../tenancy/tenants.ts'
import type { Via } from './session.ts'
import { factorFactsSelect, factors, type FactorFacts } from '../factors/index.ts'

/** What a firm can come to ask of accounts that are already there. */
export type Debt = 'secondFactor' | 'password'

/** What an account has of it, as the database says. */
export interface Standing {
  factors: FactorFacts
  hasPassword: boolean
  /** The version of the firm's choices by which the password was last good enough; null: the first. */
  passwordVersion: number | null
}

/** What the firm asks and somebody does not have, from which day, and from which day on nothing else opens. */
export interface Owed {
  debts: Debt[]
  from: Temporal.PlainDate
  until: Temporal.PlainDate
}

/** The standing of the account `a`, as JSON: a piece for any statement that selects from `account a`. */
export const standingSelect = `json_build_object('factors', ${factorFactsSelect}, 'hasPassword', a.password_hash is not null, 'passwordVersion', a.password_version)`

type Choices = Pick<Tenant, 'policy' | 'version' | 'versions' | 'published'>

/** Whether a password that was good enough by the one set of rules may not be by the other. What it was is not kept. */
function stricter(now: Policy['password'], before: Policy['password']): boolean {
  return (
    now.minimum > before.minimum ||
    (now.oneOf !== null && now.oneOf !== before.oneOf) ||
    now.refuse.some((each) => !before.refuse.includes(each))
  )
}

const lacks: Record<Debt, (policy: Policy, standing: Standing, firm: Choices) => boolean> = {
  secondFactor(policy, { factors: facts }) {
    const { when, of } = choicesFor(policy, facts.ownPeople).secondFactor
    return when === 'always' && !of.some((name) => factors[name].enrolled(facts))
  },
  password: (policy, { hasPassword, passwordVersion }, { versions }) => {
    const before = versions.get(passwordVersion ?? Math.min(...versions.keys()))
    return hasPassword && before !== undefined && stricter(policy.password, before.password)
  },
}

/**
 * From when this is asked without a break, and from when it cannot wait: the day the first of these versions was
 * published, or later where the firm says so. What was always asked is no news to anybody, and has no grace.
 */
function terms(debt: Debt, standing: Standing, firm: Choices): Pick<Owed, 'from' | 'until'> {
  const { policy, versions, published } = firm
  const { zone, existing } = debt === 'secondFactor' ? choicesFor(policy, standing.factors.ownPeople) : policy
  const newest = [...versions.keys()].sort((a, b) => b - a)
  const before = newest.findIndex((version) => !lacks[debt](versions.get(version)!, standing, firm))
  const first = newest[(before < 0 ? newest.length : before) - 1] ?? firm.version
  const day = Temporal.Instant.fromEpochMilliseconds((published.get(first) ?? new Date(0)).getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
  const named = existing.from ? Temporal.PlainDate.from(existing.from) : null
  const from = named && Temporal.PlainDate.compare(named, day) > 0 ? named : day
  return { from, until: before < 0 && !named ? from : from.add(existing.grace) }
}

/**
 * What the firm asks of everybody by its choices of today, and somebody with this standing does not have. Pure: the same
 * answer at signing in, on every request of an open session, and for the mail that tells it. Null when nothing is missing.
 * @param via how they came in: who used a passkey showed no password, so nothing is said of it
 */
export function owed(firm: Choices, standing: Standing, via: Via | null = null): Owed | null {
  const debts = (Object.keys(lacks) as Debt[]).filter(
    (debt) => !(debt === 'password' && via === 'passkey') && lacks[debt](firm.policy, standing, firm),
  )
  const [soonest] = debts
    .map((debt) => terms(debt, standing, firm))
    .sort((a, b) => Temporal.PlainDate.compare(a.until, b.until))
  return soonest ? { debts, ...soonest } : null
}

/** Whether it is asked on this day, and whether putting it off is over. */
export const isAsked = ({ from }: Owed, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(today, from) >= 0
export const isOverdue = ({ until }: Owed, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(today, until) >= 0
