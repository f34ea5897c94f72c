import type { StepName } from '../../tenancy/policy.ts'
import type { Context } from '../../tenancy/context.ts'
import { factorFactsSelect } from '../../identity/factors/index.ts'
import { position, type Facts } from './position.ts'
import { nature } from './steps/registry.ts'
import { policyOf } from './walk.ts'

/** The facts of somebody's run as the database gives them. */
export interface PendingFacts extends Pick<Facts, 'hasPassword' | 'hasQuestion' | 'factors'> {
  version: number
  marks: { step: string; outcome: 'done' | 'skipped'; value: string | null; at: string }[] | null
}

/** What `pendingStep` needs to know of the account `a` in the run `r`, as JSON: a piece for any statement that selects from both. */
export const pendingSelect = `json_build_object('version', r.policy_version, 'hasPassword', a.password_hash is not null,
  'hasQuestion', exists (select from secret_question where account_id = a.id), 'factors', ${factorFactsSelect},
  'marks', (select json_agg(json_build_object('step', step, 'outcome', outcome, 'value', value, 'at', at)) from step_mark where run_id = r.id))`

/** The kind of step an activation waits at, seen from outside: as if the person had signed in with what they have. Null when only signing in is left. */
export function pendingStep(context: Context, { version, marks, ...facts }: PendingFacts): StepName | null {
  const { onboarding } = policyOf(context, { policyVersion: version }, facts.factors.ownPeople)
  const known = Object.fromEntries((marks ?? []).map(({ step, at, ...mark }) => [step, { ...mark, at: new Date(at) }]))
  const step = position(
    onboarding.activation,
    { ...facts, marks: known, via: facts.hasPassword ? 'own' : null, since: null },
    nature,
  )
  return step && step.step !== 'done' ? step.step : null
}
