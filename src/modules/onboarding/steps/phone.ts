import { page } from '../../../platform/http/answer.ts'
import { line } from '../../../tenancy/route.ts'
import { unstage } from '../staged.ts'
import { done, mistake, stay, stepsAside, text, type Step } from '../step.ts'
import {
  askCode,
  checkPhoneCode,
  nextCode,
  pendingPhone,
  phoneFields,
  phoneRead,
  saveConfirmedPhone,
  sendAgain,
} from './parts.ts'
import { phoneCodeView, phoneView } from '../views.ts'

/** A mobile number, which counts only after a code sent to it was entered. */
export const phone: Step<'phone'> = {
  aboutSecondFactor: true,
  fields: { ...phoneFields, act: line() },
  opens: true,
  done: (facts) => facts.factors.phone,
  async show(walk, step, form) {
    const pending = await pendingPhone(walk)
    return page(pending ? phoneCodeView : phoneView, {
      ...form,
      next: pending && (await nextCode(walk, pending.number)),
      use: step.use,
      optional: step.optional,
      lastTwo: pending?.lastTwo ?? null,
      lifetime: walk.policy.codes.lifetime,
      choice: walk.track.some((each) => each.step === 'chooseFactor') && Boolean(step.chosen),
    })
  },
  async answer(walk, step, form) {
    const act = text(form, 'act')
    const pending = await pendingPhone(walk)
    const aside = await stepsAside(walk, step, form)
    if (aside) {
      await unstage(walk)
      return aside
    }
    if (act === 'change') {
      await unstage(walk)
      return stay()
    }
    if (act === 'resend') {
      const sent = await sendAgain(walk)
      return typeof sent === 'string' ? stay(sent) : mistake(sent)
    }
    if (!pending) {
      const read = phoneRead(walk.context, form)
      if ('errors' in read) return mistake(read.errors)
      const wrong = await askCode(walk, read.number)
      return wrong ? mistake(wrong) : stay()
    }
    const verdict = await checkPhoneCode(walk, pending.number, form)
    if (!verdict.ok) return mistake({ code: verdict.error })
    await saveConfirmedPhone(walk, pending.number)
    return done
  },
}
