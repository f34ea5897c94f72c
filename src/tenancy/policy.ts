import type { z } from 'zod'
import type { FactorKinds } from './factors.ts'
import type { Fragment } from './fragment.ts'
import type { shape } from './policy-shape.ts'
import type { PlacedStep, StepKinds, WrittenFlow } from './steps.ts'

/**
 * A firm's choices as everybody reads them. What may be written down stands in `policy-shape.ts`, how it is read in
 * `policy-reader.ts`.
 */

export type { FactorName } from './factors.ts'
export type { Look } from './policy-shape.ts'
export type { FlowName, PlacedStep, WrittenFlow } from './steps.ts'
export type { Language } from '../platform/i18n/texts.ts'

/** What stands in `tenant.json` beside the fragments, complete: every default filled in, every step placed. */
type Common = Omit<z.output<typeof shape>, 'onboarding' | 'password' | '$schema'> & {
  onboarding: Record<WrittenFlow, PlacedStep[]>
  /** What people of the firm have by its flows: "password", "backupCode" … Each kind of step says it of itself. */
  features: readonly string[]
  password: z.output<typeof shape>['password'] & { minimum: number }
  /** Modules the firm switched on or off; one that is not named is on. */
  modules?: Readonly<Record<string, boolean>> | undefined
}

/** A firm's choices. */
export interface Policy extends Common {
  /** A module's own part of them. */
  of<S extends z.ZodType>(fragment: Fragment<S>): z.output<S>
}

/** A mistake in a firm's choices: where it stands and what to change. */
export interface PolicyIssue {
  path: string
  reason: string
}

/** Looks for what each value allows but together makes no sense; each module brings its own. */
export type PolicyCheck = (policy: Policy, kinds: StepKinds, factors: FactorKinds) => PolicyIssue[]

/** `renamed`: what it calls by a name of before, which is read as that of today. */
export type PolicyRead = { ok: true; policy: Policy; renamed: PolicyIssue[] } | { ok: false; issues: PolicyIssue[] }

/** Reads firms' choices, composed of what the modules of this installation let a firm choose. */
export interface PolicyReader {
  /** The factors a firm can list. */
  readonly factors: FactorKinds
  /** From JSON already parsed: the complete policy, or every mistake with its path and reason; never throws on bad input. */
  parse(input: unknown): PolicyRead
  /**
   * A version of the choices as it was published, by this release or an earlier one. What it says nothing of, because
   * those choices came later, is as it is today.
   */
  published(version: object, today: Policy): Policy
  /**
   * The newest version as it was published; what it says nothing of, or says as nobody may any more, is as if the firm
   * were silent.
   */
  newest(version: object): Policy
  /** A version as it was published, by the names of today and in their order, to be compared with another. */
  renamed(version: object): object
  /** Says how choices are read: another release, or other modules, may read the same file otherwise. */
  readonly fingerprint: string
  /** JSON Schema (draft 2020-12) of `tenant.json`, for editors. */
  schema(): object
}

/** Whether nobody gets in without a second step: it is asked of everybody, and no step lets it wait. */
export const alwaysSecondStep = (
  { secondFactor, onboarding }: Pick<Policy, 'secondFactor' | 'onboarding'>,
  kinds: StepKinds,
): boolean => secondFactor.when === 'always' && !onboarding.activation.some((step) => kinds.of(step).mayWait?.(step))
