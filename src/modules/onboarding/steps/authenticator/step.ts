import { page } from '../../../../platform/http/answer.ts'
import { authenticatorView } from '../../views.ts'
import { skippable } from '../../../../tenancy/steps.ts'
import { line, proof } from '../../../../tenancy/route.ts'
import { appInFlow, authenticator as app, enrolApp, isEnrolled } from '../../../../identity/factors/index.ts'
import { done, mistake, stepsAside, text, defineStep, type FlowState } from '../../../../identity/flow/index.ts'

const appOf = ({ context, account, progress }: FlowState) => appInFlow(context, account, progress.id)

/** Scanning the QR code, or typing the key over, and proving it with a code. */
export const authenticator = defineStep({
  name: 'authenticator',
  samples: () => import('./samples.ts'),
  choices: { ...skippable },
  setsUp: () => app.name,
  about: 'secondFactor',
  fields: { code: proof(), act: line() },
  opens: false,
  done: (facts) => isEnrolled(app, facts.factors),
  show: async (state, step, form) =>
    page(authenticatorView, {
      ...form,
      key: appOf(state).key,
      address: appOf(state).address,
      optional: step.optional,
      choice: Boolean(step.chosen),
      picture: '/onboarding/authenticator.png',
    }),
  picture: async (state) => appOf(state).address,
  async answer(state, step, form) {
    const aside = await stepsAside(state, step, form)
    if (aside) return aside
    const verdict = await enrolApp(state.context, state.account, appOf(state), text(form, 'code'), {
      replaces: 'all',
      first: true,
    })
    if (!verdict.ok) return mistake({ code: verdict.error })
    return done
  },
})
