import type { AliasableExpression, Expression } from 'kysely'
import { jsonArrayFrom, jsonBuildObject } from 'kysely/helpers/postgres'
import { tables } from '../../platform/db/tables.ts'
import { flowsFor } from '../../tenancy/own-people.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Services } from '../../tenancy/services.ts'
import { people } from '../accounts/index.ts'
import { factorFacts, hasSecondStep } from '../factors/index.ts'
import { FlowProgress, StepMark } from './entities.ts'
import { kindsOf } from './kinds.ts'
import { position, type Facts } from './position.ts'
import { choicesOf } from './state.ts'
import { marksOf, stepFacts } from './store.ts'

/** The facts of somebody's progress as the database gives them. */
export interface PendingFacts extends Pick<Facts, 'hasPassword' | 'has' | 'factors'> {
  version: number
  marks: { step: string; outcome: 'done' | 'skipped'; value: string | null; at: string }[] | null
}

const { fragment } = tables(FlowProgress, StepMark)

/**
 * What `pendingStep` needs to know of somebody in this progress, null where there is none: a piece for any statement.
 */
export const pendingOf = (
  services: Services,
  id: Expression<string | null>,
): AliasableExpression<PendingFacts | null> =>
  fragment
    .selectFrom('run as progress')
    .innerJoin(people.as('a'), (join) =>
      join.onRef('a.tenant_id', '=', 'progress.tenant_id').onRef('a.id', '=', 'progress.account_id'),
    )
    .select((eb) =>
      jsonBuildObject({
        version: eb.ref('progress.policy_version'),
        hasPassword: eb.ref('a.has_password').$castTo<boolean>(),
        has: stepFacts(kindsOf(services).all, eb.ref('progress.account_id')),
        factors: factorFacts({ services }, eb.ref('progress.account_id')),
        marks: jsonArrayFrom(
          eb
            .selectFrom('step_mark')
            .select(['step_mark.step', 'step_mark.outcome', 'step_mark.value', 'step_mark.at'])
            .whereRef('step_mark.run_id', '=', 'progress.id'),
        ),
      }).as('pending'),
    )
    .where('progress.id', '=', id)
    .$asScalar()

/** The kind of step an activation waits at, seen from outside: as if the person had signed in with what they have. Null when only signing in is left. */
export function pendingStep(context: Context, { version, marks, ...facts }: PendingFacts): string | null {
  const kinds = kindsOf(context.services)
  const policy = choicesOf(context, { policyVersion: version })
  const dated = (marks ?? []).map(({ at, ...mark }) => ({ ...mark, at: new Date(at) }))
  const step = position(
    flowsFor(context.services.modules, policy, facts.factors.ownPeople).activation,
    {
      ...facts,
      secondStep: hasSecondStep(context, facts.factors),
      choices: context.policy,
      marks: marksOf(context, dated),
      via: facts.hasPassword ? 'own' : null,
      since: null,
    },
    kinds,
  )
  return step && !kinds.of(step).end ? step.step : null
}
