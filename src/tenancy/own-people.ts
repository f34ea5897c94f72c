import type { FactorName, PlacedStep, Policy, StepName } from './policy.ts'

/**
 * What holds for the firm's own people, staff and administrators, at every firm and whatever its clients need: a second
 * step that is no mailed code, an authenticator app among the ways to give it, asked at once and not to be put off. Who
 * looks into other people's records is not let in by a password and a mailbox. A firm cannot switch it off.
 */

/** The kind of step that sets a factor up, and which. */
const setsUp: Partial<Record<StepName, FactorName>> = {
  passkey: 'passkey',
  authenticator: 'authenticator',
  approval: 'approval',
  phone: 'sms',
}
/** Everything that belongs to setting up a second step. */
const about = new Set<StepName>([
  'intro',
  'chooseFactor',
  'passkey',
  'authenticator',
  'approval',
  'phone',
  'backupCode',
])

/** The parts of a form of several, each as a step of its own. */
const apart = (step: PlacedStep): PlacedStep[] =>
  step.step === 'together' ? step.of.map((part) => ({ ...part, id: part.id ?? part.step })) : [step]

type Of = Policy['secondFactor']['of']
const withoutMail = (of: Of): Of => of.filter((name) => name !== 'mail')

/** No "later", and no mailed code among the choices. */
const firmly = (step: PlacedStep): PlacedStep => {
  if (step.step === 'intro') return { ...step, later: false }
  return step.step === 'chooseFactor' ? { ...step, of: withoutMail(step.of) } : step
}

/** Whether nobody gets through these steps without a factor that is no mailed code, and an app is one of them. */
function suffice(steps: PlacedStep[]): boolean {
  const all = steps.flatMap(apart)
  return (
    all.some(({ step }) => step === 'authenticator') &&
    all.some((step) => step.step in setsUp && !('optional' in step && step.optional))
  )
}

/** Where the firm wrote no such steps down: a choice between an app and whatever else it takes. */
function plain(of: Of, written: PlacedStep[]): PlacedStep[] {
  const steps = Object.entries(setsUp).filter(([, factor]) => of.some((name) => name === factor))
  const backup = written.find(({ step }) => step === 'backupCode')
  return [
    ...(steps.length > 1 ? [{ step: 'chooseFactor', id: 'choose-factor', of } as const] : []),
    ...steps.map(
      ([step, factor]) =>
        ({
          step,
          id: step,
          optional: false,
          ...(step === 'phone' && { use: 'factor' }),
          ...(steps.length > 1 && { chosen: factor }),
        }) as PlacedStep,
    ),
    ...(backup ? [backup] : []),
  ]
}

/** The activation: the firm's own where that sets up enough; else the same with a second step before its end. */
function activation({ onboarding }: Policy, of: Of): PlacedStep[] {
  const written = onboarding.activation
  if (suffice(written)) return written.map(firmly)
  const more = suffice(onboarding.strengthen)
    ? onboarding.strengthen.filter(({ step }) => about.has(step)).map(firmly)
    : plain(of, [...written, ...onboarding.strengthen])
  const rest = written
    .flatMap((step) => (step.step === 'together' ? apart(step) : [step]))
    .filter(({ step }) => !about.has(step))
  return rest.flatMap((step) => (step.step === 'done' ? [...more, step] : [step]))
}

function forOwnPeople(policy: Policy): Policy {
  const { secondFactor, existing, recovery, onboarding } = policy
  const rest = withoutMail(secondFactor.of)
  const of: Of = rest.includes('authenticator') ? rest : ['authenticator', ...rest]
  const { from: _, ...noDay } = existing
  return {
    ...policy,
    secondFactor: { ...secondFactor, of, when: 'always' },
    existing: { ...noDay, grace: 'P0D' },
    // A wait is no factor: who lost theirs is let in by two people, and sets up new ones.
    recovery: { ...recovery, also: 'currentFactor', phone: false },
    onboarding: { activation: activation(policy, of), strengthen: onboarding.strengthen.map(firmly) },
  }
}

const made = new WeakMap<Policy, Policy>()

/** The firm's choices as they hold for somebody. @param ownPeople they are of the firm itself: staff or an administrator, not a client's */
export function choicesFor(policy: Policy, ownPeople: boolean): Policy {
  if (!ownPeople) return policy
  const known = made.get(policy) ?? forOwnPeople(policy)
  made.set(policy, known)
  return known
}
