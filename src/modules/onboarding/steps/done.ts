import { done as finished, type Step } from '../step.ts'

/** The end: says what was reached and leads on. Never done by itself, so it is where everybody arrives. */
export const done: Step<'done'> = {
  fields: {},
  opens: false,
  done: () => false,
  show: async (walk, step) => ({
    view: 'onboarding/done',
    data: { landing: step.landing, strengthened: walk.run.track === 'strengthen', name: walk.account.name },
  }),
  answer: async () => finished,
}
