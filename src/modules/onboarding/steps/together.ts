import { page } from '../../../platform/http/answer.ts'
import { line } from '../../../tenancy/route.ts'
import type { PlacedStep } from '../../../tenancy/policy.ts'
import { stage, staged, unstage } from '../staged.ts'
import { done, mistake, stay, text, type Form, type Outcome, type Step, type Walk } from '../step.ts'
import {
  askCode,
  checkPhoneCode,
  hashed,
  nextCode,
  passwordAsked,
  passwordFields,
  passwordMistakes,
  pendingPhone,
  phoneFields,
  phoneRead,
  saveConfirmedPhone,
  savePassword,
  sendAgain,
} from './parts.ts'
import { phoneCodeView, togetherView } from '../views.ts'

const partOf = <N extends 'password' | 'phone'>(step: PlacedStep<'together'>, name: N) =>
  step.of.find((part) => part.step === name) as PlacedStep<N> | undefined

/** Password and number wait together; without either the form is asked again. */
async function waiting(walk: Walk): Promise<{ hash: string; number: string; lastTwo: string } | null> {
  const [hash, pending] = [await staged(walk, 'password'), await pendingPhone(walk)]
  return hash && pending ? { hash, ...pending } : null
}

/** The form as a whole: every mistake at once, so that nobody has to try three times. */
async function judge(walk: Walk, step: PlacedStep<'together'>, form: Form): Promise<Outcome> {
  const password = partOf(step, 'password')
  const read = phoneRead(walk.context, form)
  const wrong = { ...(password && passwordMistakes(walk, password, form)), ...('errors' in read && read.errors) }
  if (Object.keys(wrong).length || 'errors' in read) return mistake(wrong)
  const refused = await askCode(walk, read.number)
  if (refused) return mistake(refused)
  await stage(walk, 'password', await hashed(walk, form))
  return stay()
}

async function confirm(walk: Walk, kept: { hash: string; number: string }, form: Form): Promise<Outcome> {
  const verdict = await checkPhoneCode(walk, kept.number, form)
  if (!verdict.ok) return mistake({ code: verdict.error })
  await savePassword(walk, kept.hash)
  await saveConfirmedPhone(walk, kept.number)
  return done
}

/** Password and mobile number on one form; both are saved, in one transaction, when the code is right. */
export const together: Step<'together'> = {
  fields: { ...passwordFields, ...phoneFields, act: line() },
  opens: true,
  done: (facts) => facts.hasPassword && facts.factors.phone,
  async show(walk, step, form) {
    const kept = await waiting(walk)
    const common = {
      ...form,
      next: kept && (await nextCode(walk, kept.number)),
      use: 'factor' as const,
      optional: false,
      choice: false,
      lastTwo: kept?.lastTwo ?? null,
      lifetime: walk.policy.codes.lifetime,
    }
    const password = partOf(step, 'password')
    return kept
      ? page(phoneCodeView, common)
      : page(togetherView, { ...common, ...passwordAsked(walk, password ?? { repeat: true, current: false }) })
  },
  async answer(walk, step, form) {
    const act = text(form, 'act')
    const kept = await waiting(walk)
    if (act === 'change') {
      await unstage(walk)
      return stay()
    }
    if (act === 'resend' && kept) {
      const sent = await sendAgain(walk)
      return typeof sent === 'string' ? stay(sent) : mistake(sent)
    }
    return kept ? confirm(walk, kept, form) : judge(walk, step, form)
  },
}
