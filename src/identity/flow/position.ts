import type { FactorName, PlacedStep, Policy } from '../../tenancy/policy.ts'
import type { FactorFacts } from '../factors/index.ts'

/** What is known of somebody on their way: of the account, of this flow, and of how this session began. */
export interface Facts {
  /** The firm's choices of today, whichever the flow began on. */
  choices: Policy
  hasPassword: boolean
  factors: FactorFacts
  /** Has set up a real second step, whatever the firm offers. */
  secondStep: boolean
  /** What each kind of step asked of the database, by its name. */
  has: Record<string, unknown>
  marks: Record<string, { outcome: 'done' | 'skipped'; value: string | null; at: Date }>
  via: 'link' | 'temporary' | 'own' | 'passkey' | null
  /** When this session began: "later" lasts until the next one. */
  since: Date | null
}

/** What the position needs to know of a kind of step; each step says it of itself. */
export interface StepNature {
  readonly about?: string
  readonly end?: boolean
  readonly putsOff?: string
  choice?(step: PlacedStep): readonly FactorName[]
  lost?(facts: Facts): boolean
  done(facts: Facts, step: PlacedStep): boolean
}
/** The kinds of steps, by the steps that are of them. */
export interface Natures {
  of(step: PlacedStep): StepNature
}

/** Said by a step whose "later" puts off all that follows it. */
export const everything = 'everything'

/** The step at which somebody chooses a factor, if there is one. */
const choiceIn = (steps: PlacedStep[], kinds: Natures): PlacedStep | undefined =>
  steps.find((step) => kinds.of(step).choice)

/** The factor somebody is setting up: what they chose, else the strongest they have. */
function chosen(steps: PlacedStep[], facts: Facts, kinds: Natures): FactorName | null {
  const choice = choiceIn(steps, kinds)
  const said = choice && facts.marks[choice.id]?.value
  return said ?? facts.factors.has[0] ?? null
}

/** What was put off in this very session: all that is about a requirement, or everything; null when nothing was. */
export function putOff(steps: PlacedStep[], facts: Facts, kinds: Natures): string | null {
  const later = steps.find((step) => {
    const mark = kinds.of(step).putsOff ? facts.marks[step.id] : undefined
    return mark?.outcome === 'skipped' && facts.since !== null && mark.at >= facts.since
  })
  return later ? (kinds.of(later).putsOff ?? null) : null
}

/** The steps that somebody with these facts takes, done or not, without what does not concern them. Pure. */
export function stepsFor(steps: PlacedStep[], facts: Facts, kinds: Natures): PlacedStep[] {
  const mine = chosen(steps, facts, kinds)
  const later = putOff(steps, facts, kinds)
  return steps.filter((step) => {
    if (step.chosen && step.chosen !== mine) return false
    const { about, end } = kinds.of(step)
    return !(later && (later === about || (later === everything && !end)))
  })
}

/** Whether how many steps follow still hangs on a choice: a total would have to be taken back. */
export function isUndecided(mine: PlacedStep[], facts: Facts, kinds: Natures): boolean {
  const choice = choiceIn(mine, kinds)
  return choice !== undefined && !kinds.of(choice).done(facts, choice)
}

/**
 * Where somebody is: the first step whose fact is missing; null at the end. Pure, and the only place that decides it.
 * Going back, another browser, two tabs and a lost fact are all this one function.
 * @param lostOnly for who finished before: only what was lost since counts
 */
export function position(steps: PlacedStep[], facts: Facts, kinds: Natures, lostOnly = false): PlacedStep | null {
  return (
    stepsFor(steps, facts, kinds).find((step) => {
      const kind = kinds.of(step)
      if (lostOnly) return kind.lost?.(facts) ?? false
      const skipped = facts.marks[step.id]?.outcome === 'skipped' && !kind.putsOff
      return !skipped && !kind.done(facts, step)
    }) ?? null
  )
}
