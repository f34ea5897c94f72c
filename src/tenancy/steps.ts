import { z } from 'zod'
import { byName, firstName, type ByName } from './by-name.ts'
import type { FactorChoice, FactorKinds, FactorName } from './factors.ts'
import type { Policy, PolicyIssue } from './policy.ts'
import type { Samples } from './samples.ts'

/**
 * What a firm may write down of the steps of its flows. The kinds of steps themselves stand above and are handed down:
 * here is only what reading a firm's choices needs to know of them.
 */

/** A step of a flow with its address, which is unique in the flow. What else it says is known to its kind. */
export interface PlacedStep {
  readonly step: string
  readonly id: string
  /** May be skipped. */
  readonly optional?: boolean | undefined
  /** Only for who chose this factor. */
  readonly chosen?: FactorName | undefined
}

/** The flows a firm writes down: the activation of a new account, and making an existing account stronger. */
export const writtenFlows = ['activation', 'strengthen'] as const
export type WrittenFlow = (typeof writtenFlows)[number]
/** What somebody can be in: a flow of the firm, or what is missing since its rules became stricter. */
export type FlowName = WrittenFlow | 'stricter'

/** What reading a firm's choices needs to know of a kind of step; the kind says it of itself. */
export interface StepKind {
  readonly name: string
  /**
   * What it was called before, the oldest first: read in choices and in the log, never written again. Its address stays
   * that of its first name.
   */
  readonly aliases?: readonly string[]
  /**
   * What a firm may choose about it, beside kind and address; null for a step the portal places by itself. A function
   * where it names factors: which there are, the modules say.
   */
  readonly choices: z.ZodRawShape | null | ((factor: FactorChoice) => z.ZodRawShape)
  /** The key of what it is called where others read where somebody is; left out: `staff.step.<name>`. */
  readonly words?: string
  /** A word on it in the schema for editors. */
  readonly says?: string
  /** What people of a firm have by this step, by the names others ask for in `policy.features`. */
  readonly features?: readonly string[]
  /** The requirement it helps to fulfil; such steps are left out together when that is put off. */
  readonly about?: string
  /** Its pages in every state, for the gallery; left out where its module shows them. */
  readonly samples?: () => Promise<{ samples: Samples }>
  /** Where a flow ends: the last step, and only the last. */
  readonly end?: boolean
  /** The feature of an earlier step that it is for. */
  spends?(step: PlacedStep): string | null
  /** Several on one form: each as a step of its own. */
  parts?(step: PlacedStep): PlacedStep[]
  /** The factor it sets up; a firm may say that the step is only for who `chosen` that. */
  setsUp?(step: PlacedStep): FactorName | null
  /** The factors among which somebody chooses here. */
  choice?(step: PlacedStep): readonly FactorName[]
  /** Whether what follows can be put off here. */
  mayWait?(step: PlacedStep): boolean
  /** The same step for the firm's own people, of whom more is asked. */
  forOwnPeople?(step: PlacedStep, factors: FactorKinds): PlacedStep
  /** What makes no sense where it stands: an onboarding nobody could finish. */
  check?(step: PlacedStep, placed: StepPlace): PolicyIssue[]
}

/** Where a step stands. `before`, `after`: the steps around it with all their parts. */
export interface StepPlace {
  policy: Policy
  flow: WrittenFlow
  path: string
  before: PlacedStep[]
  after: PlacedStep[]
  kinds: StepKinds
  factors: FactorKinds
}

/** Every kind of step there is: by its name, or by a step that is of it. */
export interface StepKinds<K extends StepKind = StepKind> extends Omit<ByName<K>, 'of'> {
  /** @throws Error for a kind nobody made */
  of(step: PlacedStep | string): K
}

/** A step's address where the firm gave it none: by the first name of its kind, so that addresses stay. */
export const addressOf = (kind: Pick<StepKind, 'name' | 'aliases'>): string =>
  firstName(kind).replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)

const named = {
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be lower case letters, digits and dashes')
    .optional()
    .describe('the address of the step; needed only where one kind of step occurs twice'),
}
export const skippable = { optional: z.boolean().default(false).describe('may be skipped') }

/** What every step that sets up a factor lets a firm say. */
const choosable = (factor: FactorChoice) => ({
  chosen: factor.optional().describe('only for who chose this factor'),
})

/** One kind of step as a firm writes it down. */
export function writtenStep<C extends z.ZodRawShape>(
  { name, choices, says, setsUp }: StepKind & { readonly choices: C | null | ((factor: FactorChoice) => C) },
  factor: FactorChoice,
) {
  const chosen: object = setsUp ? choosable(factor) : {}
  const own = typeof choices === 'function' ? choices(factor) : choices
  const object = z.strictObject({
    step: z.literal(name),
    ...named,
    ...chosen,
    ...(own as C),
  })
  return says ? object.describe(says) : object
}

/** A step as a firm writes it down, before it has its address. */
export interface Written {
  step: string
  id?: string | undefined
}

/** Any step, as a firm writes it down. */
export function writtenSteps(kinds: readonly StepKind[], factor: FactorChoice): z.ZodType<Written> {
  const [first, ...rest] = kinds.filter(({ choices }) => choices !== null).map((kind) => writtenStep(kind, factor))
  if (!first) return z.never()
  // Each of them has a kind, and may have an address: the union over a list made at run time does not know that.
  return z.discriminatedUnion('step', [first, ...rest]) as unknown as z.ZodType<Written>
}

/** Gives every step its address: its own id, else its kind. */
export const placed = (steps: Written[], kinds: Pick<StepKinds, 'of'>): PlacedStep[] =>
  steps.map((step) => ({ ...step, id: step.id ?? addressOf(kinds.of(step.step)) }))

/** A step of a kind with all its defaults, where no firm wrote one down. */
export const placeOf = (kind: StepKind, said: object = {}): PlacedStep =>
  placed([writtenSteps([kind], z.string()).parse({ step: kind.name, ...said })], { of: () => kind })[0]!

/** The steps with the parts of forms of several behind them. */
export const withParts = (kinds: StepKinds, steps: PlacedStep[]): PlacedStep[] =>
  steps.flatMap((step) => [step, ...(kinds.of(step).parts?.(step) ?? [])])

/** The parts of a form of several, each as a step of its own in its place. */
export const apart = (kinds: StepKinds, steps: PlacedStep[]): PlacedStep[] =>
  steps.flatMap((step) => kinds.of(step).parts?.(step) ?? [step])

/** Keeps kinds of steps by their names. */
export function stepKinds<K extends StepKind>(all: readonly K[]): StepKinds<K> {
  const kinds = byName('step', all)
  return { ...kinds, of: (step) => kinds.of(typeof step === 'string' ? step : step.step) }
}
