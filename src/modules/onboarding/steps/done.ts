import { page } from '../../../platform/http/answer.ts'
import { done as finished, type Step } from '../step.ts'
import { doneView } from '../views.ts'

/** The end: says what was reached and leads on. Never done by itself, so it is where everybody arrives. */
export const done: Step<'done'> = {
  fields: {},
  opens: false,
  done: () => false,
  show: async (walk, step, form) =>
    page(doneView, {
      ...form,
      landing: step.landing,
      strengthened: walk.run.track === 'strengthen',
      name: walk.account.name,
    }),
  answer: async () => finished,
}
