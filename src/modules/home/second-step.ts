import type { FactorName, PlacedStep, Policy, Track, WalkedTrack } from '../../tenancy/policy.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { factorFactsSelect, factors, type FactorFacts } from '../../identity/factors/index.ts'
import { standingSelect, type Standing } from '../../identity/sessions/index.ts'
import type { Part } from './widget.ts'

/** What somebody has of a second step, and the walk they have not finished, with the moment they began it (as a text). */
export interface SecondStep {
  factors: FactorFacts
  open: WalkedTrack | null
  openedAt: string | null
  standing: Standing
}

/** The database's part for everything below. */
export function secondStepPart({ person }: PersonContext): Part {
  return {
    sql: `select json_build_object('factors', ${factorFactsSelect}, 'standing', ${standingSelect}, 'open', r.track, 'openedAt', r.started_at)
      from account a left join lateral (
        select track, started_at from run where account_id = a.id and finished_at is null and ended_at is null order by started_at desc limit 1) r on true
      where a.id = ?`,
    params: [person.id],
  }
}

const inside = (step: PlacedStep): PlacedStep[] => (step.step === 'together' ? (step.of as PlacedStep[]) : [step])

/** The factors a track sets up. */
function gives(policy: Policy, track: Track): FactorName[] {
  return policy.onboarding[track]
    .flatMap(inside)
    .flatMap((step): FactorName[] =>
      step.step === 'authenticator' || step.step === 'passkey' || step.step === 'approval'
        ? [step.step]
        : step.step === 'phone'
          ? ['sms']
          : [],
    )
}

/**
 * Whether there is a walk that makes the sign-in stronger: the firm's own track for it, or the activation when the
 * second step was put off there.
 */
export function strengthening(policy: Policy, { open }: SecondStep): Track | null {
  return policy.onboarding.strengthen.length ? 'strengthen' : open === 'activation' ? 'activation' : null
}

/** Whether somebody has none of the factors that walk would set up. */
export function lacksFactor(policy: Policy, has: SecondStep): boolean {
  const track = strengthening(policy, has)
  const offered = track
    ? gives(policy, track).filter((name) => policy.secondFactor.of.some((each) => each === name))
    : []
  return offered.length > 0 && !offered.some((name) => factors[name].enrolled(has.factors))
}
