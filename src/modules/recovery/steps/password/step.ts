import type { ZodRawShape } from 'zod'
import { page } from '../../../../platform/http/answer.ts'
import { secret } from '../../../../tenancy/route.ts'
import { defineStep, done, mistake, ready, stage, text, type Form } from '../../../../identity/flow/index.ts'
import {
  hashed,
  passwordAsked,
  passwordMistakes,
  type Choosing,
  type TypedPassword,
} from '../../../../identity/passwords/index.ts'
import type { Recovery } from '../../state.ts'
import { formAt, passwordView } from '../../views.ts'

export const passwordHere = { step: 'password', id: 'password' }

/** The new password is asked twice, and the one that was forgotten is not. */
export const asked = { repeat: true, current: false }
/** By the rules of everybody at this firm. */
export const chosenBy = ({ context, account }: Recovery): Choosing => ({ context, account, policy: context.policy })
export const typed = (form: Form): TypedPassword => ({ password: text(form, 'password'), repeat: text(form, 'repeat') })

/** The new password. It is saved as soon as nothing else is asked. */
export const password = defineStep<ZodRawShape, Recovery, string>({
  name: 'password',
  choices: null,
  getsIn: true,
  fields: { password: secret(), repeat: secret() },
  opens: true,
  done: ({ waiting }) => waiting.hash !== null,
  show: async (state, step, form) =>
    page(passwordView, { ...formAt(step, form), ...passwordAsked(chosenBy(state), asked) }),
  async prepare(state, _step, form) {
    const wrong = passwordMistakes(chosenBy(state), asked, typed(form))
    return Object.keys(wrong).length ? mistake(wrong) : ready(await hashed(state.context, typed(form)))
  },
  async answer(state, _step, _form, hash) {
    await stage(state, 'password', hash)
    return done
  },
})
