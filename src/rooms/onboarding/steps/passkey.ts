import { line, proof } from '../../../tenancy/door.ts'
import { mistake, type Step } from '../step.ts'

export const passkey: Step<'passkey'> = {
  aboutSecondFactor: true,
  fields: { code: proof(), act: line() },
  opens: false,
  done: (facts) => facts.factors.passkey,
  show: async (_walk, step) => ({ view: 'onboarding/passkey', data: { optional: step.optional, choice: Boolean(step.chosen) } }),
  answer: async () => mistake({ code: { key: 'factors.passkey.wrong' } }),
}
