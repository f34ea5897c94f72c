import type { ZodRawShape } from 'zod'
import { page } from '../../../../platform/http/answer.ts'
import { line, proof } from '../../../../tenancy/route.ts'
import { checkSentCode, nextCodeTo, numberOf, sendCodeTo, unsentError } from '../../../../identity/factors/index.ts'
import { defineStep, done, mark, mistake, stay, text, unstage } from '../../../../identity/flow/index.ts'
import type { Recovery } from '../../state.ts'
import { formAt, numberCodeView } from '../../views.ts'
import { factorHere } from '../factor/step.ts'

export const numberCodeHere = { step: 'numberCode', id: 'numberCode' }

const numberIn = ({ facts }: Recovery): string => facts.waiting.number ?? ''

/** The code to the new number. */
export const numberCode = defineStep<ZodRawShape, Recovery>({
  name: 'numberCode',
  choices: null,
  fields: { code: proof(), act: line() },
  opens: false,
  done: (facts, step) => facts.marks[step.id]?.outcome === 'done',
  async show(state, step, form) {
    const { context, account } = state
    return page(numberCodeView, {
      ...formAt(step, form),
      lastTwo: numberIn(state).slice(-2),
      lifetime: context.policy.codes.lifetime,
      next: await nextCodeTo(context, account, 'phoneCode', numberIn(state)),
    })
  },
  async answer(state, step, form) {
    const { context, account } = state
    const [number, act] = [numberIn(state), text(form, 'act')]
    if (act === 'change') {
      await unstage(state)
      return stay()
    }
    if (act === 'resend') {
      const unsent = await sendCodeTo(context, account, 'phoneCode', number)
      return unsent ? mistake({ code: unsentError(unsent) }) : stay('onboarding.code.sent')
    }
    const code = { accountId: account.id, purpose: 'phoneCode', target: number } as const
    const verdict = await checkSentCode(context, code, text(form, 'code'))
    if (!verdict.ok) return mistake({ code: verdict.error })
    await mark(state, step, 'done')
    // The number they had and kept: its code is the code on the old number too.
    if (number === (await numberOf(context, account.id))) await mark(state, factorHere, 'done')
    return done
  },
})
