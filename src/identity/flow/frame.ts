import { isEnd } from './here.ts'
import { isUndecided, stepsFor } from './position.ts'
import type { FlowState } from './state.ts'
import type { Form, Step, StepForm } from './step.ts'
import type { PlacedStep } from '../../tenancy/policy.ts'
import { mayBeKept } from '../../tenancy/route.ts'

/** What was typed, for the page that shows its mistakes: only of fields that say they are nobody's secret. */
export const typedValues = (fields: Step['fields'], form: Form): StepForm['values'] =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && mayBeKept(fields[name]) ? [[name, value]] : [],
    ),
  )

/** The pages a flow has for this person: who came with a password starts after it. */
function pages(state: FlowState): PlacedStep[] {
  const { steps, facts, kinds, account, progress } = state
  const all = stepsFor(steps, facts, kinds).filter((each) => !isEnd(state, each) && !kinds.of(each).automatic)
  const cameWithPassword = account.passwordSetAt && account.passwordSetAt < progress.startedAt
  return cameWithPassword ? all.slice(all.findIndex((each) => !kinds.of(each).getsIn)) : all
}

/** How far on their way somebody is at a step; null where there is one page only, and at the end. */
export function howFar(state: FlowState, step: PlacedStep): StepForm['progress'] {
  const mine = pages(state)
  const at = mine.findIndex((each) => each.id === step.id)
  return at >= 0 && mine.length > 1
    ? { current: at + 1, total: isUndecided(mine, state.facts, state.kinds) ? null : mine.length }
    : null
}
