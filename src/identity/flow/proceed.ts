import type { PlacedStep } from '../../tenancy/policy.ts'
import { rememberAnswered } from './answered.ts'
import { current } from './here.ts'
import type { FlowState } from './state.ts'
import type { Form, Mistaken, Outcome } from './step.ts'

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

/** A form of which nothing is left to be done but its answer: at this step, by these choices. */
export interface Ready {
  kind: 'ready'
  at: string
  found: unknown
}

const placeOf = ({ progress: { flow, policyVersion } }: FlowState, { id }: PlacedStep): string =>
  [flow, policyVersion, id].join('|')

/** Does what takes its time for the form of a step, outside any transaction. */
export async function prepare(state: FlowState, step: PlacedStep, form: Form): Promise<Mistaken | Ready> {
  const prepared = await state.kinds.of(step).prepare?.(state, step, form)
  return prepared?.kind === 'again' ? prepared : { kind: 'ready', at: placeOf(state, step), found: prepared?.found }
}

/**
 * Judges the form of the current step. The caller holds the transaction and the lock, so that of the same form sent
 * many times one is judged and the others see its result.
 * @param ready null for a form that could not be prepared
 * @returns null where it was prepared for another step than the one somebody is at by now
 */
export async function judge(
  state: FlowState,
  step: PlacedStep,
  form: Form,
  ready: Ready | null,
): Promise<Outcome | null> {
  const kind = state.kinds.of(step)
  if (kind.prepare && ready?.at !== placeOf(state, step)) return null
  const outcome = await kind.answer(state, step, form, ready?.found)
  if (outcome.kind === 'done' || outcome.kind === 'stay') await rememberAnswered(state.context, state.account.id)
  return outcome
}
