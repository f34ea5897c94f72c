import { sql } from 'kysely'
import { openFlow, type OpenFlow } from '../../identity/flow/index.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { moment, taskSource, type Task } from '../../tenancy/home-parts.ts'
import { usable } from '../../identity/factors/index.ts'
import { isAsked, missing } from '../../identity/requirements/index.ts'
import { lacksFactor, secondStepHere, type SecondStep } from './second-step.ts'

/**
 * What is really open. That a second step is missing says more than that a flow is not finished; who has only a mailed
 * code can do better.
 */
export function tasksOf(context: Pick<PersonContext, 'choices' | 'services' | 'person'>, has: SecondStep): Task[] {
  const { choices } = context
  const able = usable(context, choices, has.factors).length > 0
  const key = able ? 'onboarding.todo.strongerStep' : 'onboarding.todo.secondStep'
  if (lacksFactor(context, has)) return [{ key, until: choices.existing.from ?? null }]
  return has.open ? [{ key: 'onboarding.todo.finish', until: null, at: moment(has.openedAt) }] : []
}

/** What the firm asks by now and was put off, with the day from which nothing else opens. */
function askedOf({ services, tenant, today }: PersonContext, { open, requirementFacts }: SecondStep): Task[] {
  const lacked = open === 'activation' ? null : missing(services, tenant, requirementFacts)
  return lacked && isAsked(lacked, today) ? [{ key: 'onboarding.todo.stricter', until: lacked.until.toString() }] : []
}

/**
 * What somebody's own account lacks: what the firm asks by now, else a second step that is missing or a flow that is
 * not finished.
 */
export const accountTasks = taskSource<OpenFlow | null>({
  name: 'account',
  order: 20,
  asks: ({ person }) => openFlow(sql.val(person.id)),
  tasks(context, flow) {
    const own = secondStepHere(context, flow)
    const asked = askedOf(context, own)
    return asked.length ? asked : tasksOf(context, own)
  },
})
