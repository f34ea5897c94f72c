import { page } from '../../../../platform/http/answer.ts'
import { phoneCodeView, phoneView } from '../../views.ts'
import { z } from 'zod'
import { skippable } from '../../../../tenancy/steps.ts'
import { phoneRead } from '../../../../identity/accounts/index.ts'
import { isEnrolled, sms } from '../../../../identity/factors/index.ts'
import { line } from '../../../../tenancy/route.ts'
import { choiceOf, unstage } from '../../../../identity/flow/index.ts'
import { mistake, stay, stepsAside, text, defineStep } from '../../../../identity/flow/index.ts'
import { isWaiting } from '../../../../identity/factors/index.ts'
import { numberIn, phoneAnswered, phoneFields, phoneShown, phoneTyped } from '../../parts.ts'

/** A mobile number, which counts only after a code sent to it was entered. */
export const phone = defineStep({
  name: 'phone',
  samples: () => import('./samples.ts'),
  choices: {
    ...skippable,
    use: z
      .enum(['factor', 'recovery'])
      .default('factor')
      .describe('words on the page: for signing in, or for when the app is lost'),
  },
  setsUp: () => sms.name,
  spare: ({ use }) => use === 'recovery',
  about: 'secondFactor',
  fields: { ...phoneFields, act: line() },
  opens: true,
  done: (facts) => isEnrolled(sms, facts.factors),
  async show(state, step, form) {
    const waiting = await numberIn(state)
    return page(isWaiting(waiting) ? phoneCodeView : phoneView, {
      ...form,
      ...(await phoneShown(state, waiting)),
      use: step.use,
      optional: step.optional,
      choice: choiceOf(state) !== undefined && Boolean(step.chosen),
    })
  },
  async answer(state, step, form) {
    const waiting = await numberIn(state)
    const aside = await stepsAside(state, step, form)
    if (aside) {
      await unstage(state)
      return aside
    }
    if (isWaiting(waiting)) return phoneAnswered(state, waiting, form)
    const act = text(form, 'act')
    if (act === 'resend') return stay('onboarding.phone.gone')
    if (act === 'change') return stay()
    const read = phoneRead(state.context, text(form, 'phone'))
    return 'errors' in read ? mistake(read.errors) : phoneTyped(state, waiting, read.number)
  },
})
