import { page } from '../../../platform/http/answer.ts'
import { deadline, mayPutOff } from '../../../tenancy/deadlines.ts'
import type { FactorName, PlacedStep, StepName } from '../../../tenancy/policy.ts'
import { line } from '../../../tenancy/route.ts'
import { hasSecondStep } from '../../../identity/factors/index.ts'
import { done, mark, text, type Step, type Walk } from '../step.ts'
import { introView } from '../views.ts'

/** Whether "later" still works today, and until when it does. */
function later(
  { context, policy }: Walk,
  allowed: boolean,
): { later: boolean; until: Temporal.PlainDate | null; days: number | null; obligatoryFrom: string | null } {
  const until = deadline(policy)
  const open = allowed && mayPutOff(policy, context.today)
  return {
    later: open,
    until,
    days: until && open ? context.today.until(until, { largestUnit: 'days' }).days : null,
    obligatoryFrom: policy.existing.from ?? null,
  }
}

const setUpBy: Partial<Record<StepName, FactorName>> = {
  authenticator: 'authenticator',
  passkey: 'passkey',
  approval: 'approval',
}

/** The factors that can be set up further on: those of the choice, else those whose step comes to everybody. */
function waysOf(track: PlacedStep[]): FactorName[] {
  const choice = track.find((step) => step.step === 'chooseFactor')
  return (
    choice?.of ??
    track.flatMap((step) =>
      step.step === 'phone' && step.use === 'factor' ? ['sms' as const] : (setUpBy[step.step] ?? []),
    )
  )
}

/** What two-step verification is and what is going to happen; a firm may let people put it off for a while. */
export const intro: Step<'intro'> = {
  aboutSecondFactor: true,
  fields: { act: line() },
  opens: false,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done' || hasSecondStep(facts.factors),
  show: async (walk, step, form) =>
    page(introView, {
      ...form,
      ...later(walk, step.later),
      ways: waysOf(walk.track),
      backupCode: walk.track.some((each) => each.step === 'backupCode'),
    }),
  async answer(walk, step, form) {
    await mark(walk, step, text(form, 'act') === 'later' && later(walk, step.later).later ? 'skipped' : 'done')
    return done
  },
}
