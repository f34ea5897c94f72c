import { again, see, type Answer, type Page } from '../../platform/http/answer.ts'
import type { PlainKey } from '../../platform/i18n/texts.ts'
import type { PlacedStep } from '../../tenancy/policy.ts'
import {
  answeredBefore,
  judge,
  typedValues,
  type Closed,
  type FlowState,
  type Form,
  type Outcome,
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

/** What a form came to: the answer, and whether the step itself is done. */
export interface Answered {
  answer: Answer
  outcome: Outcome['kind']
}

/** Judges the form of the current step and answers it, in the caller's transaction. */
export async function answerStep<S extends FlowState>(
  wizard: Wizard<S>,
  state: S,
  step: PlacedStep,
  form: Form,
  action?: string,
): Promise<Answered> {
  const outcome = await judge(state, step, form)
  return {
    outcome: outcome.kind,
    answer: await answerTo(wizard, state, step, outcome, { form, ...(action && { action }) }),
  }
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

/**
 * A form that came in: judged when it is of the step somebody is at; else the same form sent twice, or a page left open
 * in another tab. The caller holds the transaction and the lock.
 * @param of the address of the step the form was made for; null where it does not say
 */
export async function postStep<S extends FlowState>(
  wizard: Wizard<S>,
  state: S,
  step: PlacedStep,
  of: string | null,
  form: Form,
): Promise<Answer> {
  if (await answeredBefore(state.context, state.account.id)) return see(wizard.address(state))
  if (of !== null && step.id !== of)
    return again(await stepPage(wizard, state, step), { '': { key: 'onboarding.stale' } }, 409)
  return (await answerStep(wizard, state, step, form)).answer
}
