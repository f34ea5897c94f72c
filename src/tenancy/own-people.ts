import type { Policy } from './policy.ts'
import { apart, placeOf, type PlacedStep, type StepKinds, type WrittenFlow } from './steps.ts'

/**
 * What holds for the firm's own people, staff and administrators, at every firm and whatever its clients need: a second
 * step that is no mailed code, an authenticator app among the ways to give it, asked at once and not to be put off. Who
 * looks into other people's records is not let in by a password and a mailbox. A firm cannot switch it off.
 */

type Of = Policy['secondFactor']['of']

/** What is always among the ways of the firm's own people. */
const always: Of[number] = 'authenticator'

/** The ways of the firm's own people: no mailed code, and an app. */
export function ownPeoplesWays(of: Of): Of {
  const rest: Of = of.filter((name) => name !== 'mail')
  return rest.includes(always) ? rest : [always, ...rest]
}

/** What every step says of itself for the firm's own people: no "later", no mailed code among the choices. */
const firmly =
  (kinds: StepKinds) =>
  (step: PlacedStep): PlacedStep =>
    kinds.of(step).forOwnPeople?.(step) ?? step

const isAbout = (kinds: StepKinds, step: PlacedStep): boolean => kinds.of(step).about === 'secondFactor'
const setsUp = (kinds: StepKinds, step: PlacedStep) => kinds.of(step).setsUp?.(step) ?? null

/** Whether nobody gets through these steps without a factor that is no mailed code, and an app is one of them. */
function suffice(kinds: StepKinds, steps: PlacedStep[]): boolean {
  const all = apart(kinds, steps)
  return (
    all.some((step) => setsUp(kinds, step) === always) &&
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
function activation(kinds: StepKinds, { onboarding }: Policy, of: Of): PlacedStep[] {
  const written = onboarding.activation
  if (suffice(kinds, written)) return written.map(firmly(kinds))
  const more = suffice(kinds, onboarding.strengthen)
    ? onboarding.strengthen.filter((step) => isAbout(kinds, step)).map(firmly(kinds))
    : plain(kinds, of, [...written, ...onboarding.strengthen])
  const rest = apart(kinds, written).filter((step) => !isAbout(kinds, step))
  return rest.flatMap((step) => (kinds.of(step).end ? [...more, step] : [step]))
}

function forOwnPeople(policy: Policy): Policy {
  const { secondFactor, existing, recovery } = policy
  const { from: _, ...noDay } = existing
  return {
    ...policy,
    secondFactor: { ...secondFactor, of: ownPeoplesWays(secondFactor.of), when: 'always' },
    existing: { ...noDay, grace: 'P0D' },
    // A wait is no factor: who lost theirs is let in by two people, and sets up new ones.
    recovery: { ...recovery, also: 'currentFactor', phone: false },
  }
}

const made = new WeakMap<Policy, Policy>()

/** The firm's choices as they hold for somebody; the steps of their flows are what `flowsFor` says. @param ownPeople they are of the firm itself: staff or an administrator, not a client's */
export function choicesFor(policy: Policy, ownPeople: boolean): Policy {
  if (!ownPeople) return policy
  const known = made.get(policy) ?? forOwnPeople(policy)
  made.set(policy, known)
  return known
}

type Flows = Record<WrittenFlow, PlacedStep[]>
const flows = new WeakMap<Policy['onboarding'], Flows>()

/** The steps of the firm's flows as they hold for somebody. */
export function flowsFor(kinds: StepKinds, policy: Policy, ownPeople: boolean): Flows {
  if (!ownPeople) return policy.onboarding
  const known = flows.get(policy.onboarding) ?? {
    activation: activation(kinds, policy, ownPeoplesWays(policy.secondFactor.of)),
    strengthen: policy.onboarding.strengthen.map(firmly(kinds)),
  }
  flows.set(policy.onboarding, known)
  return known
}
