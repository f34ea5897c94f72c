import { page } from '../../../../platform/http/answer.ts'
import { phoneCodeView, phoneView } from '../../views.ts'
import { z } from 'zod'
import { choosable, skippable } from '../../../../tenancy/steps.ts'
import { phoneRead } from '../../../../identity/accounts/index.ts'
import { line } from '../../../../tenancy/route.ts'
import { choiceOf, unstage } from '../../../../identity/flow/index.ts'
import { done, mistake, stay, stepsAside, text, defineStep } from '../../../../identity/flow/index.ts'
import {
  askCode,
  checkPhoneCode,
  nextCode,
  pendingPhone,
  phoneFields,
  saveConfirmedPhone,
  sendAgain,
} from '../../parts.ts'

/** A mobile number, which counts only after a code sent to it was entered. */
export const phone = defineStep({
  name: 'phone',
  samples: () => import('./samples.ts'),
  choices: {
    ...choosable,
    ...skippable,
    use: z
      .enum(['factor', 'recovery'])
      .default('factor')
      .describe('words on the page: for signing in, or for when the app is lost'),
  },
  setsUp: () => 'sms',
  spare: ({ use }) => use === 'recovery',
  about: 'secondFactor',
  fields: { ...phoneFields, act: line() },
  opens: true,
  done: (facts) => facts.factors.phone,
  async show(state, step, form) {
    const pending = await pendingPhone(state)
    return page(pending ? phoneCodeView : phoneView, {
      ...form,
      next: pending && (await nextCode(state, pending.number)),
      use: step.use,
      optional: step.optional,
      lastTwo: pending?.lastTwo ?? null,
      lifetime: state.policy.codes.lifetime,
      choice: choiceOf(state) !== undefined && Boolean(step.chosen),
    })
  },
  async answer(state, step, form) {
    const act = text(form, 'act')
    const pending = await pendingPhone(state)
    const aside = await stepsAside(state, step, form)
    if (aside) {
      await unstage(state)
      return aside
    }
    if (act === 'change') {
      await unstage(state)
      return stay()
    }
    if (act === 'resend') {
      const sent = await sendAgain(state)
      return typeof sent === 'string' ? stay(sent) : mistake(sent)
    }
    if (!pending) {
      const read = phoneRead(state.context, text(form, 'phone'))
      if ('errors' in read) return mistake(read.errors)
      const wrong = await askCode(state, read.number)
      return wrong ? mistake(wrong) : stay()
    }
    const verdict = await checkPhoneCode(state, pending.number, form)
    if (!verdict.ok) return mistake({ code: verdict.error })
    await saveConfirmedPhone(state, pending.number)
    return done
  },
})
