import { flowsFor } from '../../tenancy/own-people.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Services } from '../../tenancy/services.ts'
import { factorFactsText, hasSecondStep } from '../factors/index.ts'
import { kindsOf } from './kinds.ts'
import { position, type Facts } from './position.ts'
import { choicesOf } from './state.ts'
import { stepFactsSelect } from './store.ts'

/** The facts of somebody's progress as the database gives them. */
export interface PendingFacts extends Pick<Facts, 'hasPassword' | 'has' | 'factors'> {
  version: number
  marks: { step: string; outcome: 'done' | 'skipped'; value: string | null; at: string }[] | null
}

/** What `pendingStep` needs to know of the account `a` in the progress `r`, as JSON: a piece for any statement that selects from both. */
export const pendingSelect = (services: Pick<Services, 'modules'>): string =>
  `json_build_object('version', r.policy_version, 'hasPassword', a.password_hash is not null,
  'has', ${stepFactsSelect(kindsOf(services).all)}, 'factors', ${factorFactsText({ services })},
  'marks', (select json_agg(json_build_object('step', step, 'outcome', outcome, 'value', value, 'at', at)) from step_mark where run_id = r.id))`

/** The kind of step an activation waits at, seen from outside: as if the person had signed in with what they have. Null when only signing in is left. */
export function pendingStep(context: Context, { version, marks, ...facts }: PendingFacts): string | null {
  const kinds = kindsOf(context.services)
  const policy = choicesOf(context, { policyVersion: version })
  const known = Object.fromEntries((marks ?? []).map(({ step, at, ...mark }) => [step, { ...mark, at: new Date(at) }]))
  const step = position(
    flowsFor(context.services.modules, policy, facts.factors.ownPeople).activation,
    {
      ...facts,
      secondStep: hasSecondStep(context, facts.factors),
      choices: context.policy,
      marks: known,
      via: facts.hasPassword ? 'own' : null,
      since: null,
    },
    kinds,
  )
  return step && !kinds.of(step).end ? step.step : null
}
