import type { FlowName, PlacedStep } from '../../tenancy/policy.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import { missingNow } from '../requirements/index.ts'
import { position, putOff as putOffIn, type Facts } from './position.ts'
import { beginFlow, stateOf, type FlowState } from './state.ts'
import { dropMarks } from './store.ts'

/** Whether the flow was finished before this session: then only what was lost since is asked. */
const finishedBefore = ({ progress, facts }: FlowState) =>
  Boolean(progress.finishedAt && facts.since && progress.finishedAt < facts.since)

/** The step somebody is at. Null at the end of a flow that was finished before. */
export const current = (state: FlowState): PlacedStep | null =>
  position(state.steps, state.facts, state.kinds, finishedBefore(state))

/** What was put off in this very session; null when nothing was. */
export const putOff = ({ steps, facts, kinds }: FlowState): string | null => putOffIn(steps, facts, kinds)

/** Whether a step is where a flow ends. */
export const isEnd = ({ kinds }: FlowState, step: PlacedStep): boolean => Boolean(kinds.of(step).end)

/** Whether somebody is in the middle of a flow: begun, not at its end, and not put off in this session. */
const underWay = (state: FlowState | null): state is FlowState =>
  state !== null && !state.progress.finishedAt && !putOff(state)

/**
 * Which flow belongs to this session: a strengthening begun from the home page; else the activation as long as something
 * is left of it; else what the firm asks since it became stricter.
 */
export async function stateHere(context: PersonContext, options?: { lock: boolean }): Promise<FlowState | null> {
  const of = (flow: FlowName) => stateOf(context, context.person.id, flow, options)
  const strengthen = context.session.level === 'signedIn' ? await of('strengthen') : null
  if (underWay(strengthen)) return strengthen
  const activation = await of('activation')
  const left = activation && current(activation)
  if (left && !isEnd(activation, left)) return activation
  const stricter = await of('stricter')
  return underWay(stricter) ? stricter : activation
}

/**
 * Begins, or takes up again, the flow of what the firm asks by now and somebody lacks. In the caller's transaction.
 * @param later the requirement that was just put off, so that it is not asked at once again
 * @returns the first step of it; null when nothing is missing, or it was put off in this session
 */
export async function openStricter(
  context: Context,
  accountId: string,
  as?: Partial<Facts>,
  later: string | null = null,
): Promise<PlacedStep | null> {
  const missing = await missingNow(context, accountId, as?.via)
  const names = missing?.names.filter((name) => name !== later) ?? []
  if (!names.length) return null
  const state = await beginFlow(context, accountId, 'stricter', names)
  const here = { ...state, facts: { ...state.facts, ...as } }
  return underWay(here) ? current(here) : null
}

/** What was put off is put off no more. */
export async function takeUp(context: Context, state: FlowState | null): Promise<void> {
  if (!state) return
  const puts = state.steps.filter((step) => state.kinds.of(step).putsOff)
  await dropMarks(
    context,
    state.progress.id,
    puts.map(({ id }) => id),
    'skipped',
  )
}
