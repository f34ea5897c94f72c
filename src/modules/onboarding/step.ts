import type { z } from 'zod'
import type { FieldErrors, Page } from '../../platform/http/answer.ts'
import type { PlacedStep, Policy, StepName } from '../../tenancy/policy.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Account } from '../../identity/accounts/index.ts'
import type { Run } from './run.ts'
import type { Facts, StepNature } from './position.ts'
import type { StepForm } from './views.ts'

/** One person on one track, with all that the steps need to know. */
export interface Walk {
  context: Context
  account: Account
  run: Run
  policy: Policy
  track: PlacedStep[]
  facts: Facts
}

/** What was typed: every field of every step is a text or a tick. */
export type Form = Record<string, string | boolean>

/** What came of a form. */
export type Outcome =
  | { kind: 'done' }
  /** Half of the step is done (a code is on its way); the same step shows its other half. */
  | { kind: 'stay'; notice?: string }
  | { kind: 'again'; errors: FieldErrors }
  /** Too many tries: this walk ends here, for this link and this session. */
  | { kind: 'closed'; reason: string }

/** One kind of step. A new one is a file here, a name in `policy.ts`, a view, and a line in the registry. */
export interface Step<N extends StepName> extends StepNature {
  /** The fields of its form; a form with anything else is refused. */
  fields: Record<string, z.ZodType>
  /** May be the form a mailed link opens on: the person types something a scanner would not, and nothing secret is shown. */
  opens: boolean
  done(facts: Facts, step: PlacedStep<N>): boolean
  /** Happens by itself on arrival, in the transaction that got there; such a step has no page. */
  automatic?(walk: Walk, step: PlacedStep<N>): Promise<void>
  /** Its page, with the form all steps have. */
  show(walk: Walk, step: PlacedStep<N>, form: StepForm): Promise<Page>
  /** Judges the form and does what it asks, in one transaction with everything that follows from it. */
  answer(walk: Walk, step: PlacedStep<N>, form: Form): Promise<Outcome>
}

export const done: Outcome = { kind: 'done' }
export const stay = (notice?: string): Outcome => ({ kind: 'stay', ...(notice && { notice }) })
export const mistake = (errors: FieldErrors): Outcome => ({ kind: 'again', errors })
export const text = (form: Form, name: string): string => {
  const value = form[name]
  return typeof value === 'string' ? value : ''
}

/** Leaves the mark that a step was done or skipped; the first mark stands. */
export async function mark(
  walk: Walk,
  step: PlacedStep,
  outcome: 'done' | 'skipped',
  value: string | null = null,
): Promise<void> {
  await walk.context.query(
    `insert into step_mark (tenant_id, run_id, step, outcome, value, at) values (?, ?, ?, ?, ?, ?)
     on conflict (tenant_id, run_id, step) do update set outcome = excluded.outcome, value = excluded.value, at = excluded.at`,
    [walk.context.tenant.id, walk.run.id, step.id, outcome, value, walk.context.at],
  )
}

/** Takes a mark away: the step is open again. */
export async function unmark(walk: Walk, step: PlacedStep): Promise<void> {
  await walk.context.query('delete from step_mark where run_id = ? and step = ?', [walk.run.id, step.id])
}

/** "Skip" and "another way", the same on every step that sets up a factor; null when neither was pressed. */
export async function stepsAside(
  walk: Walk,
  step: PlacedStep<'passkey' | 'authenticator' | 'approval' | 'phone'>,
  form: Form,
): Promise<Outcome | null> {
  const act = text(form, 'act')
  const choice = walk.track.find((each) => each.step === 'chooseFactor')
  if (act === 'skip' && step.optional) {
    await mark(walk, step, 'skipped')
    return done
  }
  if (act !== 'choose' || !step.chosen || !choice) return null
  await unmark(walk, step)
  await unmark(walk, choice)
  return stay()
}
