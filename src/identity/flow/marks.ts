import type { PlacedStep } from '../../tenancy/policy.ts'
import { done, stay, text, type Form, type Outcome } from './step.ts'
import type { FlowState } from './state.ts'
import { dropMarks, putMark } from './store.ts'

/** Leaves the mark that a step was done or skipped. */
export const mark = (
  { context, progress }: FlowState,
  step: PlacedStep,
  outcome: 'done' | 'skipped',
  value: string | null = null,
): Promise<void> => putMark(context, progress.id, step.id, outcome, value)

/** Takes marks away: the steps are open again. */
export const unmark = ({ context, progress }: FlowState, ...steps: PlacedStep[]): Promise<void> =>
  dropMarks(
    context,
    progress.id,
    steps.map(({ id }) => id),
  )

/** "Skip" and "another way", the same on every step that sets up a factor; null when neither was pressed. */
export async function stepsAside(state: FlowState, step: PlacedStep, form: Form): Promise<Outcome | null> {
  const act = text(form, 'act')
  const choice = choiceOf(state)
  if (act === 'skip' && step.optional) {
    await mark(state, step, 'skipped')
    return done
  }
  if (act !== 'choose' || !step.chosen || !choice) return null
  await unmark(state, step, choice)
  return stay()
}

/** The step of this flow at which a factor is chosen. */
export const choiceOf = ({ kinds, steps }: FlowState): PlacedStep | undefined =>
  steps.find((each) => kinds.of(each).choice)
