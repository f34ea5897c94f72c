import type { Context } from '../../tenancy/context.ts'
import type { FactorName, Policy } from '../../tenancy/policy.ts'
import {
  factorFactsOf,
  factorOf,
  givenBy,
  usable,
  waysFromHere,
  type FactorFacts,
  type Installation,
  type Owner,
} from '../factors/index.ts'
import type { Challenge, Occasion } from './challenge.ts'

/**
 * For signing in: whatever somebody has. Who has nothing gives what everybody was given with their account, where the
 * firm takes that: of its own people too, of whom it is no second step, but more than a password on the way to one.
 */
export function anyWays(at: Installation, policy: Policy, facts: FactorFacts): FactorName[] {
  const own = usable(at, policy, facts)
  return own.length ? own : givenBy(at, policy)
}

/** What shows who somebody is: nothing that comes by mail, since their mailbox may be what somebody else has. */
export const strongWays = (at: Installation, policy: Policy, facts: FactorFacts): FactorName[] =>
  usable(at, policy, facts).filter((name) => factorOf(at, name).stepsUp)

/** The same, where a backup code alone shows nothing either: it stands beside one of the others. */
export function strongWaysOfOwn(at: Installation, policy: Policy, facts: FactorFacts): FactorName[] {
  const ways = strongWays(at, policy, facts)
  return ways.some((name) => factorOf(at, name).kind !== 'backup') ? ways : []
}

type Whose = Pick<Owner, 'id' | 'hadAt'>

/** With what somebody who has these factors can prove it in this browser, in the firm's order. */
export const waysWith = (context: Context, { ways }: Occasion, { id, hadAt }: Whose, facts: FactorFacts) =>
  waysFromHere(context, id, ways(context, context.policy, facts), hadAt)

/** The same for who is only known by their account; nothing for one nobody has. */
export async function waysFor(context: Context, occasion: Occasion, whose: Whose): Promise<FactorName[]> {
  const facts = await factorFactsOf(context, whose.id, whose.hadAt)
  return facts ? waysWith(context, occasion, whose, facts) : []
}

/** Whether the way in use is the one for when the others are lost. */
export const isBackup = (at: Installation, { way }: Challenge): boolean => factorOf(at, way).kind === 'backup'
/** Whether something is sent by the way in use: a code, or a question to a device. */
export const sends = (at: Installation, { way }: Challenge): boolean => factorOf(at, way).sends
