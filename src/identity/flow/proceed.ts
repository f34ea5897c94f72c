import type { PlacedStep } from '../../tenancy/policy.ts'
import { rememberAnswered } from './answered.ts'
import { current } from './here.ts'
import type { FlowState } from './state.ts'
import type { Form, Outcome } from './step.ts'

/** Where somebody got to, and the next step with a page; null where nothing is left. */
export interface Reached<S extends FlowState = FlowState> {
  state: S
  next: PlacedStep | null
}

/**
 * Does by itself what happens by itself, and says where that leads.
 * @param again the facts as they are after something was done
 */
export async function proceed<S extends FlowState>(state: S, again: (state: S) => Promise<S>): Promise<Reached<S>> {
  const next = current(state)
  const kind = next && state.kinds.of(next)
  if (!next || !kind?.automatic) return { state, next }
  await kind.automatic(state, next)
  return proceed(await again(state), again)
}

/**
 * Judges the form of the current step. The caller holds the transaction and the lock, so that of the same form sent many
 * times one is judged and the others see its result.
 */
export async function judge(state: FlowState, step: PlacedStep, form: Form): Promise<Outcome> {
  const outcome = await state.kinds.of(step).answer(state, step, form)
  if (outcome.kind === 'done' || outcome.kind === 'stay') await rememberAnswered(state.context, state.account.id)
  return outcome
}
