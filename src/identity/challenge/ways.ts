import type { Context } from '../../tenancy/context.ts'
import type { FactorName, Policy } from '../../tenancy/policy.ts'
import { factorFactsBy, factors, usable, waysFromHere, type FactorFacts, type Owner } from '../factors/index.ts'
import type { Challenge, Occasion } from './challenge.ts'

/**
 * For signing in: whatever somebody has. Who has nothing gives what everybody was given with their account, where the
 * firm takes that: of its own people too, of whom it is no second step, but more than a password on the way to one.
 */
export function anyWays(policy: Policy, facts: FactorFacts): FactorName[] {
  const own = usable(policy, facts)
  return own.length ? own : policy.secondFactor.of.filter((name) => factors[name].kind === 'given')
}

/** What shows who somebody is: nothing that comes by mail, since their mailbox may be what somebody else has. */
export const strongWays = (policy: Policy, facts: FactorFacts): FactorName[] =>
  usable(policy, facts).filter((name) => factors[name].stepsUp)

/** The same, where a backup code alone shows nothing either: it stands beside one of the others. */
export function strongWaysOfOwn(policy: Policy, facts: FactorFacts): FactorName[] {
  const ways = strongWays(policy, facts)
  return ways.some((name) => factors[name].kind !== 'backup') ? ways : []
}

type Whose = Pick<Owner, 'id' | 'hadAt'>

/** With what somebody who has these factors can prove it in this browser, in the firm's order. */
export const waysWith = (context: Context, { ways }: Occasion, { id, hadAt }: Whose, facts: FactorFacts) =>
  waysFromHere(context, id, ways(context.policy, facts), hadAt)

/** The same for who is only known by their account; nothing for one nobody has. */
export async function waysFor(context: Context, occasion: Occasion, whose: Whose): Promise<FactorName[]> {
  const facts = await factorFactsBy(context, whose.id, whose.hadAt)
  return facts ? waysWith(context, occasion, whose, facts) : []
}

/** Whether the way in use is the one for when the others are lost. */
export const isBackup = ({ way }: Challenge): boolean => factors[way].kind === 'backup'
/** Whether something is sent by the way in use: a code, or a question to a device. */
export const sends = ({ way }: Challenge): boolean => factors[way].sends
