import type { ZodRawShape } from 'zod'
import { page } from '../../../../platform/http/answer.ts'
import { line, secret } from '../../../../tenancy/route.ts'
import { phoneRead } from '../../../../identity/accounts/index.ts'
import { askNumber } from '../../../../identity/factors/index.ts'
import { defineStep, done, mistake, ready, stage, text, unmark } from '../../../../identity/flow/index.ts'
import { hashed, passwordAsked, passwordMistakes } from '../../../../identity/passwords/index.ts'
import type { Recovery } from '../../state.ts'
import { formAt, togetherView } from '../../views.ts'
import { numberCodeHere, waitingIn } from '../number-code/step.ts'
import { asked, chosenBy, typed } from '../password/step.ts'

export const togetherHere = { step: 'together', id: 'together' }

/** Password and number on one form, as when the account was set up. They wait, encrypted, until the codes are right. */
export const together = defineStep<ZodRawShape, Recovery, { number: string; hash: string }>({
  name: 'together',
  choices: null,
  getsIn: true,
  fields: { password: secret(), repeat: secret(), phone: line() },
  opens: true,
  done: ({ waiting }) => waiting.hash !== null && waiting.number !== null,
  show: async (state, step, form) =>
    page(togetherView, { ...formAt(step, form), ...passwordAsked(chosenBy(state), asked) }),
  async prepare(state, _step, form) {
    const { context } = state
    const read = phoneRead(context, text(form, 'phone'))
    const wrong = {
      ...passwordMistakes(chosenBy(state), asked, typed(form)),
      ...('errors' in read && read.errors),
    }
    if (Object.keys(wrong).length || 'errors' in read) return mistake(wrong)
    return ready({ number: read.number, hash: await hashed(context, typed(form)) })
  },
  async answer(state, _step, _form, { number, hash }) {
    const unsent = await askNumber(state.context, state.account, waitingIn(state), number)
    if (unsent) return mistake(unsent)
    await stage(state, 'password', hash)
    await unmark(state, numberCodeHere)
    return done
  },
})
