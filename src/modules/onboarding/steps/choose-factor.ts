import { page } from '../../../platform/http/answer.ts'
import { line } from '../../../tenancy/route.ts'
import { hasSecondStep } from '../../../identity/factors/index.ts'
import { done, mark, mistake, text, type Step } from '../step.ts'
import { chooseFactorView } from '../views.ts'

/** Which second step somebody wants to use. */
export const chooseFactor: Step<'chooseFactor'> = {
  aboutSecondFactor: true,
  fields: { factor: line() },
  opens: false,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done' || hasSecondStep(facts.factors),
  show: async (_walk, step, form) => page(chooseFactorView, { ...form, of: step.of }),
  async answer(walk, step, form) {
    const wanted = step.of.find((factor) => factor === text(form, 'factor'))
    if (!wanted) return mistake({ factor: { key: 'onboarding.chooseFactor.none' } })
    await mark(walk, step, 'done', wanted)
    return done
  },
}
