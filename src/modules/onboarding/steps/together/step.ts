import { page } from '../../../../platform/http/answer.ts'
import { phoneCodeView, togetherView } from '../../views.ts'
import { z } from 'zod'
import { phoneRead } from '../../../../identity/accounts/index.ts'
import { line } from '../../../../tenancy/route.ts'
import { isEnrolled, sms } from '../../../../identity/factors/index.ts'
import type { FactorChoice } from '../../../../tenancy/factors.ts'
import type { PlacedStep } from '../../../../tenancy/policy.ts'
import { addressOf, writtenStep } from '../../../../tenancy/steps.ts'
import {
  defineStep,
  mistake,
  ready,
  stage,
  staged,
  stay,
  text,
  unstage,
  type FlowState,
  type Form,
  type Outcome,
  type Prepared,
} from '../../../../identity/flow/index.ts'
import { hashed, passwordAsked, passwordMistakes } from '../../../../identity/passwords/index.ts'
import { isWaiting, type NumberWaiting } from '../../../../identity/factors/index.ts'
import {
  numberIn,
  passwordFields,
  phoneAnswered,
  phoneFields,
  phoneShown,
  phoneTyped,
  savePassword,
  typedPassword,
} from '../../parts.ts'
import { password } from '../password/step.ts'
import { phone } from '../phone/step.ts'

const parts = (factor: FactorChoice) =>
  z.discriminatedUnion('step', [writtenStep(password, factor), writtenStep(phone, factor)])
type Part = z.output<ReturnType<typeof parts>>

/** What the firm says of the password on this form; undefined where none is asked. */
const passwordOf = ({ of }: { of: Part[] }) => of.find((part) => 'repeat' in part)

/** What was typed into the form as a whole. */
interface Typed {
  number: string
  hash: string
}

/** The number waits together with the password; without either the form is asked again. */
async function waitingIn(state: FlowState): Promise<{ waiting: NumberWaiting; hash: string | null }> {
  const [hash, waiting] = [await staged(state, 'password'), await numberIn(state)]
  return { waiting, hash: waiting.number === null ? null : hash }
}

/** The form as a whole: every mistake at once, so that nobody has to try three times. */
async function judge(state: FlowState, step: { of: Part[] }, form: Form): Promise<Prepared<Typed>> {
  const rules = passwordOf(step)
  const read = phoneRead(state.context, text(form, 'phone'))
  const wrong = {
    ...(rules && passwordMistakes(state, rules, typedPassword(form))),
    ...('errors' in read && read.errors),
  }
  if (Object.keys(wrong).length || 'errors' in read) return mistake(wrong)
  return ready({ number: read.number, hash: await hashed(state.context, typedPassword(form)) })
}

/** Both wait for the code that goes out. */
async function saveTogether(state: FlowState, waiting: NumberWaiting, { number, hash }: Typed): Promise<Outcome> {
  const asked = await phoneTyped(state, waiting, number)
  if (asked.kind === 'stay') await stage(state, 'password', hash)
  return asked
}

/** Password and mobile number on one form; both are saved, in one transaction, when the code is right. */
export const together = defineStep({
  name: 'together',
  samples: () => import('./samples.ts'),
  choices: (factor) => ({ of: z.array(parts(factor)).min(2) }),
  says: 'several on one form, saved together after the last code',
  parts: ({ of }): PlacedStep[] => of.map((part) => ({ ...part, id: part.id ?? addressOf({ name: part.step }) })),
  fields: { ...passwordFields, ...phoneFields, act: line() },
  opens: true,
  done: (facts) => facts.hasPassword && isEnrolled(sms, facts.factors),
  async show(state, step, form) {
    const { waiting, hash } = await waitingIn(state)
    const common = {
      ...form,
      ...(await phoneShown(state, waiting)),
      use: 'factor' as const,
      optional: false,
      choice: false,
    }
    const rules = passwordOf(step) ?? { repeat: true, current: false }
    return hash ? page(phoneCodeView, common) : page(togetherView, { ...common, ...passwordAsked(state, rules) })
  },
  async prepare(state, step, form) {
    const { waiting, hash } = await waitingIn(state)
    const isCode = hash !== null && isWaiting(waiting)
    return isCode || text(form, 'act') === 'change' ? ready(null) : judge(state, step, form)
  },
  async answer(state, _step, form, typed) {
    const { waiting, hash } = await waitingIn(state)
    if (hash && isWaiting(waiting)) return phoneAnswered(state, waiting, form, () => savePassword(state, hash))
    if (typed) return saveTogether(state, waiting, typed)
    // Another number is wanted, or what waited for its code waits no longer.
    await unstage(state)
    return stay()
  },
})
