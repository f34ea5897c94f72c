import { page } from '../../../../platform/http/answer.ts'
import { passkeyView } from '../../views.ts'
import { skippable } from '../../../../tenancy/steps.ts'
import { line, proof } from '../../../../tenancy/route.ts'
import {
  enrolPasskey,
  hasSecondStep,
  isEnrolled,
  newPasskey,
  passkey as passkeyFactor,
} from '../../../../identity/factors/index.ts'
import { deviceWords } from '../../../../identity/sessions/index.ts'
import { done, mistake, stepsAside, text, defineStep } from '../../../../identity/flow/index.ts'

/** Making a passkey on the device at hand. Its name is that of browser and system; it can be changed later. */
export const passkey = defineStep({
  name: 'passkey',
  samples: () => import('./samples.ts'),
  choices: { ...skippable },
  setsUp: () => passkeyFactor.name,
  about: 'secondFactor',
  fields: { passkey: proof(), act: line() },
  opens: false,
  done: (facts) => isEnrolled(passkeyFactor, facts.factors),
  show: async (state, step, form) =>
    page(passkeyView, {
      ...form,
      options: await newPasskey(state.context, state.account),
      optional: step.optional,
      choice: Boolean(step.chosen),
    }),
  async answer(state, step, form) {
    const { context, account, facts } = state
    const aside = await stepsAside(state, step, form)
    if (aside) return aside
    const verdict = await enrolPasskey(context, account, text(form, 'passkey'), {
      name: deviceWords(context.t.bind(context), context.facts.agent),
      first: !hasSecondStep(context, facts.factors),
    })
    return verdict.ok ? done : mistake({ passkey: verdict.error })
  },
})
