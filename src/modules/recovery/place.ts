import type { FactorName, Policy } from '../../tenancy/policy.ts'

/** What is known of somebody who came by a mailed link, and what this browser has shown so far. */
export interface ResetFacts {
  /** Has finished the activation: there is something to protect. */
  active: boolean
  hasQuestion: boolean
  answered: boolean
  /** Two people of the firm said that no factor is needed. */
  released: boolean
  /** Has no second step yet, and the firm still lets them in without one for a while. */
  inGrace: boolean
  /** What can be asked beside the link: never mail, since the link came by mail. */
  ways: FactorName[]
  proven: boolean
  /** Password and number wait for the codes. */
  waiting: boolean
  numberProven: boolean
}

/** Where somebody is on the way to a new password. `stuck`: has nothing left that the firm asks; `save`: all is there. */
export type Place = 'question' | 'together' | 'numberCode' | 'code' | 'stuck' | 'password' | 'save'

/**
 * Whether something must be shown beside the link. Who has a factor gives it. Who has none goes on where signing in asks
 * none either, or only a mail; else the link alone would be weaker than signing in.
 */
function mustProve({ secondFactor: { when, of } }: Policy, { active, released, inGrace, ways }: ResetFacts): boolean {
  if (released) return false
  return ways.length > 0 || (active && when === 'always' && !of.includes('mail') && !inGrace)
}

/** The first thing that is missing. Pure, and the only place that decides it: going back, reloading and two tabs are all this. */
export function place(policy: Policy, facts: ResetFacts): Place {
  const { question, phone } = policy.recovery
  if (question && facts.hasQuestion && !facts.answered) return 'question'
  if (phone && !facts.waiting) return 'together'
  if (phone && !facts.numberProven) return 'numberCode'
  if (mustProve(policy, facts) && !facts.proven) return facts.ways.length ? 'code' : 'stuck'
  return phone ? 'save' : 'password'
}
