import type { PlacedStep, Policy } from '../../tenancy/policy.ts'
import type { Debt } from '../../identity/sessions/index.ts'
import { nature } from './steps/registry.ts'

/** The parts of a form of several stand here as steps of their own. */
const apart = (step: PlacedStep): PlacedStep[] =>
  step.step === 'together' ? (step.of.map((part) => ({ ...part, id: part.id ?? part.step })) as PlacedStep[]) : [step]

/** The steps by which the firm lets people set up a second step, wherever it wrote them down. */
function settingUp({ onboarding }: Policy): PlacedStep[] {
  const tracks = [onboarding.activation, onboarding.strengthen].map((track) =>
    track.flatMap(apart).filter((step) => nature(step.step).aboutSecondFactor && step.step !== 'intro'),
  )
  return (
    tracks.find((track) =>
      track.some((step) => !('optional' in step && step.optional) && step.step !== 'backupCode'),
    ) ?? []
  )
}

/**
 * The walk of somebody who was there before the rules became stricter: why, then only what is missing. Derived from the
 * firm's choices, so that no firm has to write it down. `asked` is what was missing when it began: a step that is done
 * does not take those after it away.
 */
export function stricterTrack(policy: Policy, asked: Debt[]): PlacedStep[] {
  return [
    { step: 'stricter', id: 'stricter' },
    ...(asked.includes('password')
      ? [{ step: 'password', id: 'password', current: false, repeat: true } as const]
      : []),
    ...(asked.includes('secondFactor') ? settingUp(policy) : []),
    { step: 'done', id: 'done', landing: 'home' },
  ]
}
