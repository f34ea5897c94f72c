import { again, see, type Answer, type Page } from '../../platform/http/answer.ts'
import type { PlainKey } from '../../platform/i18n/texts.ts'
import type { Context } from '../../tenancy/context.ts'
import type { PlacedStep } from '../../tenancy/policy.ts'
import {
  answeredBefore,
  judge,
  prepare,
  typedValues,
  type Closed,
  type FlowState,
  type Form,
  type Outcome,
  type Ready,
  type StepForm,
} from '../../identity/flow/index.ts'

/** The pages of a flow, one step after the other: what a module says of its own. */
export interface Wizard<S extends FlowState> {
  /** Where the form of a step goes; without one, the address that leads to wherever somebody is. */
  address(state: S, step?: PlacedStep): string
  /** How far somebody is, where the pages tell it. */
  progress?(state: S, step: PlacedStep): StepForm['progress']
  /** A step is done: everything that follows from it, in the same transaction, and where it leads. */
  passed(state: S, step: PlacedStep): Promise<Answer>
  /** Too many tries: the flow ends here. */
  closed(state: S, why: Closed): Promise<Answer>
}

/** What a page shows beside its step: another address for its form, what was typed, or the key of a notice. */
interface Shown {
  action?: string
  form?: Form
  notice?: PlainKey
}

/** The page of a step. What was typed comes back in it, secrets excepted. */
export async function stepPage<S extends FlowState>(
  wizard: Wizard<S>,
  state: S,
  step: PlacedStep,
  { action, form = {}, notice }: Shown = {},
): Promise<Page> {
  const kind = state.kinds.of(step)
  return kind.show(state, step, {
    action: action ?? wizard.address(state, step),
    progress: wizard.progress?.(state, step) ?? null,
    values: typedValues(kind.fields, form),
    ...(notice && { notice: state.context.t(notice) }),
  })
}

/** A form that was made for another step than the one somebody is at: that one, with a word about it. */
const stale = async <S extends FlowState>(wizard: Wizard<S>, state: S, step: PlacedStep, shown?: Shown) =>
  again(await stepPage(wizard, state, step, shown), { '': { key: 'onboarding.stale' } }, 409)

/** What was typed, and where the form goes when that is another address than the step's. */
type Sent = Required<Pick<Shown, 'form'>> & Pick<Shown, 'action'>

/**
 * Does what takes its time for the form of a step, outside any transaction.
 * @returns the page with the mistakes, or what `answerStep` needs
 */
export async function prepareStep<S extends FlowState>(
  wizard: Wizard<S>,
  state: S,
  step: PlacedStep,
  sent: Sent,
): Promise<Ready | Answer> {
  const prepared = await prepare(state, step, sent.form)
  return prepared.kind === 'again' ? again(await stepPage(wizard, state, step, sent), prepared.errors) : prepared
}

/** What a form came to: the answer, and whether the step itself is done; null: it was of another step. */
export interface Answered {
  answer: Answer
  outcome: Outcome['kind'] | null
}

/**
 * Judges the form of the current step and answers it, in the caller's transaction.
 * @param ready as `prepareStep` gave it; null where it was not asked
 */
export async function answerStep<S extends FlowState>(
  wizard: Wizard<S>,
  state: S,
  step: PlacedStep,
  sent: Sent,
  ready: Ready | null,
): Promise<Answered> {
  const outcome = await judge(state, step, sent.form, ready)
  const answer = outcome ? answerTo(wizard, state, step, outcome, sent) : stale(wizard, state, step, sent)
  return { outcome: outcome?.kind ?? null, answer: await answer }
}

async function answerTo<S extends FlowState>(
  wizard: Wizard<S>,
  state: S,
  step: PlacedStep,
  outcome: Outcome,
  shown: Shown,
): Promise<Answer> {
  if (outcome.kind === 'closed') return wizard.closed(state, outcome)
  if (outcome.kind === 'again') return again(await stepPage(wizard, state, step, shown), outcome.errors)
  if (outcome.kind === 'done') return wizard.passed(state, step)
  if (outcome.notice) state.context.browser.flash(outcome.notice)
  return see(wizard.address(state))
}

/** Somebody, and the step they are at. */
export interface At<S extends FlowState> {
  state: S
  step: PlacedStep
}

/**
 * How a form finds the one it is of, twice: what was judged while nothing was locked is looked at again under the lock.
 */
export interface Finder<S extends FlowState, C extends Context> {
  /** Nothing is locked yet. @returns null where they are at no step: what is answered then, `lock` says */
  look(context: C): Promise<At<S> | null>
  /** In the transaction: locks, and looks again. */
  lock(inner: C): Promise<At<S> | Answer>
}

/**
 * A form that came in. First what takes its time, while nothing is open: most mistakes are found there, and cost no
 * transaction. Then, in one, judged when it is of the step somebody is at.
 * @param sent.of the address of the step the form was made for; null where it does not say
 */
export async function postStep<S extends FlowState, C extends Context>(
  wizard: Wizard<S>,
  context: C,
  { of, form }: { of: string | null; form: Form },
  { look, lock }: Finder<S, C>,
): Promise<Answer> {
  const seen = await look(context)
  const isOf = (step: PlacedStep) => of === null || of === step.id
  // Sent before, or from a page left open in another tab: under the lock that is told apart.
  const ready = seen && isOf(seen.step) ? await prepareStep(wizard, seen.state, seen.step, { form }) : null
  if (ready && ready.kind !== 'ready') return ready
  return context.transaction(async (inner) => {
    const at = await lock(inner)
    if (!('state' in at)) return at
    const { state, step } = at
    if (await answeredBefore(inner, state.account.id)) return see(wizard.address(state))
    return isOf(step) ? (await answerStep(wizard, state, step, { form }, ready)).answer : stale(wizard, state, step)
  })
}
