import type { PlainKey } from '../../platform/i18n/texts.ts'
import type { AuditAction } from '../../tenancy/audit-action.ts'
import type { Expression } from 'kysely'
import type { z } from 'zod'
import type { FieldErrors, Page } from '../../platform/http/answer.ts'
import type { Beside } from '../../platform/views/view.ts'
import type { FactorChoice, FactorKinds } from '../../tenancy/factors.ts'
import type { PlacedStep, StepKind } from '../../tenancy/steps.ts'
import type { FlowState } from './state.ts'

/** What was typed: every field of every step is a text or a tick. */
export type Form = Record<string, string | boolean>

/** What was typed is not right: the same page again. */
export interface Mistaken {
  kind: 'again'
  errors: FieldErrors
}

/** What came of a form. */
export type Outcome =
  | { kind: 'done' }
  /** Half of the step is done (a code is on its way); the same step shows its other half. */
  | { kind: 'stay'; notice?: PlainKey }
  | Mistaken
  | Closed

/** What a step found of a form before anything was locked: mistakes, or what its answer goes by. */
export type Prepared<P> = Mistaken | { kind: 'ready'; found: P }

/** Too many tries: the flow ends here, for this link and this session. */
export interface Closed {
  kind: 'closed'
  reason: string
  action: AuditAction<never>
}

/** What every step's page has: where its form goes, and how far on the way it is; `total` is null as long as a choice decides it. */
export interface StepForm extends Pick<Beside, 'notice'> {
  action: string
  progress: { current: number; total: number | null } | null
  values: Record<string, string>
}

/** A step as a firm wrote it down, with its address and what this kind lets a firm choose. */
export type Placed<C extends z.ZodRawShape> = PlacedStep &
  // Of a kind that is not known here, only what every step has.
  (string extends keyof C ? unknown : z.output<z.ZodObject<C>>)

/**
 * One kind of step: everything that is known of it. A new one is a folder and a line in the list of steps. A flow whose
 * steps need to know more than every flow knows says so as `S`; `P` is what it prepares.
 */
export interface Step<C extends z.ZodRawShape = z.ZodRawShape, S extends FlowState = FlowState, P = unknown>
  extends StepKind {
  readonly choices: C | null | ((factor: FactorChoice) => C)
  /** The fields of its form; a form with anything else is refused. */
  readonly fields: Record<string, z.ZodType>
  /** May be the form a mailed link opens on: the person types something a scanner would not, and nothing secret is shown. */
  readonly opens: boolean
  /** Whoever comes by a mailed link is asked anew, whatever was answered before. */
  readonly asksStrangers?: boolean
  /** It is how one gets in: for who came with a password it is over before the flow begins. */
  readonly getsIn?: boolean
  /** "Later" here puts off all that is about this requirement, or everything, until the next time somebody signs in. */
  readonly putsOff?: string
  /** A second way beside the one somebody signs in with: not told of before it comes. */
  spare?(step: Placed<C>): boolean
  /** What the database knows of an account for it: a fragment that gives JSON; read as `facts.has[name]`. */
  fact?(account: Expression<string>): Expression<unknown>
  /** The text of a picture (QR code) its page shows; null where there is none now. */
  picture?(state: S): Promise<string | null>
  /** Whether what the page waits for on another device is no longer waited for. */
  look?(state: S): Promise<boolean>
  /** Its fact was there and is lost again (a used backup code): asked once more, also of who finished long ago. */
  lost?(facts: S['facts']): boolean
  done(facts: S['facts'], step: Placed<C>): boolean
  /** Happens by itself on arrival, in the transaction that got there; such a step has no page. */
  automatic?(state: S, step: Placed<C>): Promise<void>
  /** Its page, with the form all steps have. */
  show(state: S, step: Placed<C>, form: StepForm): Promise<Page>
  /**
   * What takes its time (a check that costs, counting a try, hashing), outside any transaction. Others may come first
   * until `answer` has the lock: that looks again at what was judged here.
   */
  prepare?(state: S, step: Placed<C>, form: Form): Promise<Prepared<P>>
  /**
   * Judges the form and does what it asks, in one transaction with everything that follows from it. Never hashes: see
   * `prepare`.
   */
  answer(state: S, step: Placed<C>, form: Form, found: P): Promise<Outcome>
  setsUp?(step: Placed<C>): ReturnType<NonNullable<StepKind['setsUp']>>
  spends?(step: Placed<C>): string | null
  parts?(step: Placed<C>): PlacedStep[]
  choice?(step: Placed<C>): ReturnType<NonNullable<StepKind['choice']>>
  mayWait?(step: Placed<C>): boolean
  forOwnPeople?(step: Placed<C>, factors: FactorKinds): PlacedStep
  check?(
    step: Placed<C>,
    place: Parameters<NonNullable<StepKind['check']>>[1],
  ): ReturnType<NonNullable<StepKind['check']>>
}

/** Says what a step is; its methods know the choices of its own kind. */
export const defineStep = <C extends z.ZodRawShape, S extends FlowState = FlowState, P = undefined>(
  step: Step<C, S, P>,
): Step<C, S, P> => step

export const done: Outcome = { kind: 'done' }
export const stay = (notice?: PlainKey): Outcome => ({ kind: 'stay', ...(notice && { notice }) })
export const mistake = (errors: FieldErrors): Mistaken => ({ kind: 'again', errors })
export const ready = <P>(found: P): Prepared<P> => ({ kind: 'ready', found })
export const text = (form: Form, name: string): string => {
  const value = form[name]
  return typeof value === 'string' ? value : ''
}
