import { page } from '../../../../platform/http/answer.ts'
import { introView } from '../../views.ts'
import { z } from 'zod'
import { deadline, mayPutOff } from '../../../../tenancy/deadlines.ts'
import type { FactorName, PlacedStep } from '../../../../tenancy/policy.ts'
import { line } from '../../../../tenancy/route.ts'
import { factorsOf } from '../../../../identity/factors/index.ts'
import { choiceOf, defineStep, done, mark, text, type FlowState } from '../../../../identity/flow/index.ts'

/** Whether "later" still works today, and until when it does. */
function later(
  { context, policy }: FlowState,
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

/** The factors that can be set up further on: those of the choice, else those whose step comes to everybody. */
function waysOf(state: FlowState): readonly FactorName[] {
  const { kinds } = state
  const choice = choiceOf(state)
  const each = (step: PlacedStep): FactorName[] => {
    const kind = kinds.of(step)
    const factor = kind.setsUp?.(step) ?? null
    return factor && !kind.spare?.(step) ? [factor] : []
  }
  return (choice && kinds.of(choice).choice?.(choice)) ?? state.steps.flatMap(each)
}

/** Whether a code for when all else is lost is handed out further on. */
const handsOutCode = ({ steps, kinds, context }: FlowState): boolean =>
  steps.some((step) => (kinds.of(step).features ?? []).some((name) => factorsOf(context).find(name)?.kind === 'backup'))

/** What two-step verification is and what is going to happen; a firm may let people put it off for a while. */
export const intro = defineStep({
  name: 'intro',
  samples: () => import('./samples.ts'),
  choices: {
    later: z.boolean().default(false).describe('may be put off as long as the second step is not obligatory'),
  },
  putsOff: 'secondFactor',
  mayWait: ({ later: allowed }) => allowed,
  forOwnPeople: (step) => ({ ...step, later: false }),
  about: 'secondFactor',
  fields: { act: line() },
  opens: false,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done' || facts.secondStep,
  show: async (state, step, form) =>
    page(introView, {
      ...form,
      ...later(state, step.later),
      ways: waysOf(state),
      backupCode: handsOutCode(state),
    }),
  async answer(state, step, form) {
    await mark(state, step, text(form, 'act') === 'later' && later(state, step.later).later ? 'skipped' : 'done')
    return done
  },
})
