import { page } from '../../../../platform/http/answer.ts'
import { chooseFactorView } from '../../views.ts'
import { z } from 'zod'
import { line } from '../../../../tenancy/route.ts'
import { done, mark, mistake, text, defineStep } from '../../../../identity/flow/index.ts'

/** Which second step somebody wants to use. */
export const chooseFactor = defineStep({
  name: 'chooseFactor',
  samples: () => import('./samples.ts'),
  choices: (factor) => ({ of: z.array(factor).min(1) }),
  choice: ({ of }) => of,
  forOwnPeople: (step, factors) => ({
    ...step,
    of: step.of.filter((name) => factors.find(name)?.ownPeople !== 'never'),
  }),
  about: 'secondFactor',
  fields: { factor: line() },
  opens: false,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done' || facts.secondStep,
  show: async (_state, step, form) => page(chooseFactorView, { ...form, of: step.of }),
  async answer(state, step, form) {
    const wanted = step.of.find((factor) => factor === text(form, 'factor'))
    if (!wanted) return mistake({ factor: { key: 'onboarding.chooseFactor.none' } })
    await mark(state, step, 'done', wanted)
    return done
  },
})
