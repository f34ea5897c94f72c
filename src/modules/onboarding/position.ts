import type { FactorName, PlacedStep, StepName } from '../../tenancy/policy.ts'
import type { FactorFacts } from '../../identity/factors/index.ts'

/** What is known of somebody on their way: of the account, of this run, and of how this session began. */
export interface Facts {
  hasPassword: boolean
  hasQuestion: boolean
  factors: FactorFacts
  marks: Record<string, { outcome: 'done' | 'skipped'; value: string | null; at: Date }>
  via: 'link' | 'temporary' | 'own' | 'passkey' | null
  /** When this session began: "later" lasts until the next one. */
  since: Date | null
}

/** What the position needs to know of a kind of step; each step says it of itself, in the registry. */
export interface StepNature {
  /** Belongs to setting up the second step: left out together when the intro is put off. */
  aboutSecondFactor?: boolean
  /** Its fact was there and is lost again (a used backup code): asked once more, also of who finished long ago. */
  lost?(facts: Facts): boolean
  done(facts: Facts, step: PlacedStep): boolean
}

/** What the facts call a factor, the strongest first. */
const kept: [keyof FactorFacts, FactorName][] = [
  ['passkey', 'passkey'],
  ['authenticator', 'authenticator'],
  ['approval', 'approval'],
  ['phone', 'sms'],
]

/** The factor somebody is setting up: what they chose, else what they have. */
function chosen(track: PlacedStep[], facts: Facts): FactorName | null {
  const choice = track.find((step) => step.step === 'chooseFactor')
  const said = choice && facts.marks[choice.id]?.value
  const has = kept.find(([fact]) => facts.factors[fact])
  return (said as FactorName | null | undefined) ?? has?.[1] ?? null
}

/** The steps whose "later" puts off all that follows, until the next time somebody signs in. */
const putsOff = new Set<StepName>(['intro', 'stricter'])

/** Whether the rest was put off in this very session. */
export function putOff(track: PlacedStep[], facts: Facts): boolean {
  return track.some((step) => {
    const mark = putsOff.has(step.step) ? facts.marks[step.id] : undefined
    return mark?.outcome === 'skipped' && facts.since !== null && mark.at >= facts.since
  })
}

/**
 * The steps that somebody with these facts walks, done or not, without what does not concern them. Pure.
 */
export function steps(track: PlacedStep[], facts: Facts, nature: (name: StepName) => StepNature): PlacedStep[] {
  const mine = chosen(track, facts)
  const later = putOff(track, facts)
  return track.filter((step) => {
    if ('chosen' in step && step.chosen && step.chosen !== mine) return false
    return !(later && (nature(step.step).aboutSecondFactor || (step.step !== 'done' && track[0]?.step === 'stricter')))
  })
}

/** Whether how many steps follow still hangs on a choice: a total would have to be taken back. */
export function isUndecided(mine: PlacedStep[], facts: Facts, nature: (name: StepName) => StepNature): boolean {
  const choice = mine.find((step) => step.step === 'chooseFactor')
  return choice !== undefined && !nature(choice.step).done(facts, choice)
}

/**
 * Where somebody is: the first step whose fact is missing; null at the end. Pure, and the only place that decides it.
 * Going back, another browser, two tabs and a lost fact are all this one function.
 * @param lostOnly for who finished before: only what was lost since counts
 */
export function position(
  track: PlacedStep[],
  facts: Facts,
  nature: (name: StepName) => StepNature,
  lostOnly = false,
): PlacedStep | null {
  return (
    steps(track, facts, nature).find((step) => {
      const kind = nature(step.step)
      if (lostOnly) return kind.lost?.(facts) ?? false
      const skipped = facts.marks[step.id]?.outcome === 'skipped' && !putsOff.has(step.step)
      return !skipped && !kind.done(facts, step)
    }) ?? null
  )
}
