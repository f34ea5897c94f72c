import type { FactorKinds } from './factors.ts'
import type { Policy } from './policy.ts'
import { apart, placeOf, type PlacedStep, type StepKinds, type WrittenFlow } from './steps.ts'

/**
 * What holds for the firm's own people, staff and administrators, at every firm and whatever its clients need: a second
 * step that is no mailed code, an authenticator app among the ways to give it, asked at once and not to be put off. Who
 * looks into other people's records is not let in by a password and a mailbox. A firm cannot switch it off.
 */

type Of = Policy['secondFactor']['of']
/** What is asked of everybody alike: the steps and the factors there are. */
interface Known {
  steps: StepKinds
  factors: FactorKinds
}

/** What is always among the ways of the firm's own people. */
const always = ({ all }: FactorKinds): Of =>
  all.filter(({ ownPeople }) => ownPeople === 'always').map(({ name }) => name)

/** The ways of the firm's own people: what is always among them, and nothing that never is. */
export function ownPeoplesWays(factors: FactorKinds, of: Of): Of {
  const rest = of.filter((name) => factors.find(name)?.ownPeople !== 'never')
  return [...always(factors).filter((name) => !rest.includes(name)), ...rest]
}

/** What every step says of itself for the firm's own people: no "later", no mailed code among the choices. */
const firmly =
  ({ steps, factors }: Known) =>
  (step: PlacedStep): PlacedStep =>
    steps.of(step).forOwnPeople?.(step, factors) ?? step

const isAbout = (kinds: StepKinds, step: PlacedStep): boolean => kinds.of(step).about === 'secondFactor'
const setsUp = (kinds: StepKinds, step: PlacedStep) => kinds.of(step).setsUp?.(step) ?? null

/**
 * Whether nobody gets through these steps without a factor of theirs, and what is always among their ways is one of
 * them.
 */
function suffice({ steps: kinds, factors }: Known, steps: PlacedStep[]): boolean {
  const all = apart(kinds, steps)
  return (
    always(factors).every((name) => all.some((step) => setsUp(kinds, step) === name)) &&
    all.some((step) => setsUp(kinds, step) !== null && !step.optional)
  )
}

/** Neither sets a factor up nor leads to one: the code for when all else is lost. */
const standsBeside = (kinds: StepKinds, step: PlacedStep): boolean => {
  const kind = kinds.of(step)
  return isAbout(kinds, step) && !kind.setsUp && !kind.choice && !kind.mayWait
}

/** Where the firm wrote no such steps down: a choice between an app and whatever else it takes. */
function plain(kinds: StepKinds, of: Of, written: PlacedStep[]): PlacedStep[] {
  const each = kinds.all.flatMap((kind) => {
    const factor = kind.setsUp?.(placeOf(kind)) ?? null
    return factor && of.some((name) => name === factor) ? [{ kind, factor }] : []
  })
  const choice = kinds.all.find((kind) => kind.choice)
  const several = each.length > 1
  const beside = written.find((step) => standsBeside(kinds, step))
  return [
    ...(several && choice ? [placeOf(choice, { of })] : []),
    ...each.map(({ kind, factor }) => placeOf(kind, several ? { chosen: factor } : {})),
    ...(beside ? [beside] : []),
  ]
}

/** The activation: the firm's own where that sets up enough; else the same with a second step before its end. */
function activation(known: Known, { onboarding, secondFactor }: Policy): PlacedStep[] {
  const { steps: kinds, factors } = known
  const written = onboarding.activation
  if (suffice(known, written)) return written.map(firmly(known))
  const more = suffice(known, onboarding.strengthen)
    ? onboarding.strengthen.filter((step) => isAbout(kinds, step)).map(firmly(known))
    : plain(kinds, ownPeoplesWays(factors, secondFactor.of), [...written, ...onboarding.strengthen])
  const rest = apart(kinds, written).filter((step) => !isAbout(kinds, step))
  return rest.flatMap((step) => (kinds.of(step).end ? [...more, step] : [step]))
}

function forOwnPeople(factors: FactorKinds, policy: Policy): Policy {
  const { secondFactor, existing, recovery } = policy
  const { from: _, ...noDay } = existing
  return {
    ...policy,
    secondFactor: { ...secondFactor, of: ownPeoplesWays(factors, secondFactor.of), when: 'always' },
    existing: { ...noDay, grace: 'P0D' },
    // A wait is no factor: who lost theirs is let in by two people, and sets up new ones.
    recovery: { ...recovery, also: 'currentFactor', phone: false },
  }
}

const made = new WeakMap<Policy, Policy>()

/** The firm's choices as they hold for somebody; the steps of their flows are what `flowsFor` says. @param ownPeople they are of the firm itself: staff or an administrator, not a client's */
export function choicesFor({ factors }: Pick<Known, 'factors'>, policy: Policy, ownPeople: boolean): Policy {
  if (!ownPeople) return policy
  const known = made.get(policy) ?? forOwnPeople(factors, policy)
  made.set(policy, known)
  return known
}

type Flows = Record<WrittenFlow, PlacedStep[]>
const flows = new WeakMap<Policy['onboarding'], Flows>()

/** The steps of the firm's flows as they hold for somebody. */
export function flowsFor(known: Known, policy: Policy, ownPeople: boolean): Flows {
  if (!ownPeople) return policy.onboarding
  const before = flows.get(policy.onboarding)
  if (before) return before
  const made = {
    activation: activation(known, policy),
    strengthen: policy.onboarding.strengthen.map(firmly(known)),
  }
  flows.set(policy.onboarding, made)
  return made
}
