import { page } from '../../../../platform/http/answer.ts'
import { chooseFactorView } from '../../views.ts'
import { z } from 'zod'
import { chosenFactor } from '../../../../tenancy/steps.ts'
import { line } from '../../../../tenancy/route.ts'
import { hasSecondStep } from '../../../../identity/factors/index.ts'
import { done, mark, mistake, text, defineStep } from '../../../../identity/flow/index.ts'

/** Which second step somebody wants to use. */
export const chooseFactor = defineStep({
  name: 'chooseFactor',
  samples: () => import('./samples.ts'),
  choices: { of: z.array(chosenFactor).min(1) },
  choice: ({ of }) => of,
  forOwnPeople: (step) => ({ ...step, of: step.of.filter((name) => name !== 'mail') }),
  about: 'secondFactor',
  fields: { factor: line() },
  opens: false,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done' || hasSecondStep(facts.factors),
  show: async (_state, step, form) => page(chooseFactorView, { ...form, of: step.of }),
  async answer(state, step, form) {
    const wanted = step.of.find((factor) => factor === text(form, 'factor'))
    if (!wanted) return mistake({ factor: { key: 'onboarding.chooseFactor.none' } })
    await mark(state, step, 'done', wanted)
    return done
  },
})
