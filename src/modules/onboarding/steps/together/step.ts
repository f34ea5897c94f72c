import { page } from '../../../../platform/http/answer.ts'
import { phoneCodeView, togetherView } from '../../views.ts'
import { z } from 'zod'
import { phoneRead } from '../../../../identity/accounts/index.ts'
import { line } from '../../../../tenancy/route.ts'
import type { PlacedStep } from '../../../../tenancy/policy.ts'
import { addressOf, writtenStep } from '../../../../tenancy/steps.ts'
import {
  defineStep,
  done,
  mistake,
  stage,
  staged,
  stay,
  text,
  unstage,
  type FlowState,
  type Form,
  type Outcome,
} from '../../../../identity/flow/index.ts'
import { hashed, passwordAsked, passwordMistakes } from '../../../../identity/passwords/index.ts'
import {
  askCode,
  checkPhoneCode,
  nextCode,
  passwordFields,
  pendingPhone,
  phoneFields,
  saveConfirmedPhone,
  savePassword,
  sendAgain,
  typedPassword,
} from '../../parts.ts'
import { password } from '../password/step.ts'
import { phone } from '../phone/step.ts'

const parts = z.discriminatedUnion('step', [writtenStep(password), writtenStep(phone)])
type Part = z.output<typeof parts>

/** What the firm says of the password on this form; undefined where none is asked. */
const passwordOf = ({ of }: { of: Part[] }) => of.find((part) => 'repeat' in part)

/** Password and number wait together; without either the form is asked again. */
async function waiting(state: FlowState): Promise<{ hash: string; number: string; lastTwo: string } | null> {
  const [hash, pending] = [await staged(state, 'password'), await pendingPhone(state)]
  return hash && pending ? { hash, ...pending } : null
}

/** The form as a whole: every mistake at once, so that nobody has to try three times. */
async function judge(state: FlowState, step: { of: Part[] }, form: Form): Promise<Outcome> {
  const asked = passwordOf(step)
  const read = phoneRead(state.context, text(form, 'phone'))
  const wrong = {
    ...(asked && passwordMistakes(state, asked, typedPassword(form))),
    ...('errors' in read && read.errors),
  }
  if (Object.keys(wrong).length || 'errors' in read) return mistake(wrong)
  const refused = await askCode(state, read.number)
  if (refused) return mistake(refused)
  await stage(state, 'password', await hashed(state.context, typedPassword(form)))
  return stay()
}

async function confirm(state: FlowState, kept: { hash: string; number: string }, form: Form): Promise<Outcome> {
  const verdict = await checkPhoneCode(state, kept.number, form)
  if (!verdict.ok) return mistake({ code: verdict.error })
  await savePassword(state, kept.hash)
  await saveConfirmedPhone(state, kept.number)
  return done
}

/** Password and mobile number on one form; both are saved, in one transaction, when the code is right. */
export const together = defineStep({
  name: 'together',
  samples: () => import('./samples.ts'),
  choices: { of: z.array(parts).min(2) },
  says: 'several on one form, saved together after the last code',
  parts: ({ of }): PlacedStep[] => of.map((part) => ({ ...part, id: part.id ?? addressOf(part.step) })),
  fields: { ...passwordFields, ...phoneFields, act: line() },
  opens: true,
  done: (facts) => facts.hasPassword && facts.factors.phone,
  async show(state, step, form) {
    const kept = await waiting(state)
    const common = {
      ...form,
      next: kept && (await nextCode(state, kept.number)),
      use: 'factor' as const,
      optional: false,
      choice: false,
      lastTwo: kept?.lastTwo ?? null,
      lifetime: state.policy.codes.lifetime,
    }
    const asked = passwordOf(step)
    return kept
      ? page(phoneCodeView, common)
      : page(togetherView, { ...common, ...passwordAsked(state, asked ?? { repeat: true, current: false }) })
  },
  async answer(state, step, form) {
    const act = text(form, 'act')
    const kept = await waiting(state)
    if (act === 'change') {
      await unstage(state)
      return stay()
    }
    if (act === 'resend' && kept) {
      const sent = await sendAgain(state)
      return typeof sent === 'string' ? stay(sent) : mistake(sent)
    }
    return kept ? confirm(state, kept, form) : judge(state, step, form)
  },
})
