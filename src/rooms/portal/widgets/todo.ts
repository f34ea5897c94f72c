import type { Policy } from '../../../tenancy/policy.ts'
import { usable } from '../../factors/index.ts'
import { lacksFactor, secondStepPart, type SecondStep } from '../second-step.ts'
import type { Widget } from '../widget.ts'

/** Something to do: its words are `portal.todo.<key>`. `until` is the day from which it is obligatory. */
export interface Task { key: 'secondStep' | 'strongerStep' | 'finish'; until: string | null }

/** What is really open. That a second step is missing says more than that a walk is not finished; who has only a mailed code can do better. */
export function tasksOf(policy: Policy, has: SecondStep): Task[] {
  const key = usable(policy, has.factors).length ? 'strongerStep' : 'secondStep'
  if (lacksFactor(policy, has)) return [{ key, until: policy.existing.from ?? null }]
  return has.open ? [{ key: 'finish', until: null }] : []
}

/** What waits for this person, each with a button that leads to the exact place. */
export const todo: Widget<SecondStep> = {
  picture: 'list-todo',
  part: secondStepPart,
  data: ({ policy }, row) => ({ tasks: tasksOf(policy, row) }),
}
