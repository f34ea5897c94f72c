import { line, proof } from '../../../tenancy/door.ts'
import { mistake, type Step } from '../step.ts'

export const approval: Step<'approval'> = {
  aboutSecondFactor: true,
  fields: { code: proof(), act: line() },
  opens: false,
  done: (facts) => facts.factors.approval,
  show: async (_walk, step) => ({ view: 'onboarding/approval', data: { optional: step.optional, choice: Boolean(step.chosen) } }),
  answer: async () => mistake({ code: { key: 'factors.approval.wrong' } }),
}
