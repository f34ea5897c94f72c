import { page } from '../../../../platform/http/answer.ts'
import { doneView } from '../../views.ts'
import { z } from 'zod'
import { done as finished, defineStep } from '../../../../identity/flow/index.ts'

/** The end: says what was reached and leads on. Never done by itself, so it is where everybody arrives. */
export const done = defineStep({
  name: 'done',
  samples: () => import('./samples.ts'),
  choices: { landing: z.enum(['home', 'signIn']).default('home') },
  end: true,
  fields: {},
  opens: false,
  done: () => false,
  show: async ({ progress, account }, step, form) =>
    page(doneView, {
      ...form,
      landing: step.landing,
      strengthened: progress.flow === 'strengthen',
      name: account.name,
    }),
  answer: async () => finished,
})
