import { page } from '../../../../platform/http/answer.ts'
import { passwordView } from '../../views.ts'
import { z } from 'zod'
import type { FieldErrors } from '../../../../platform/http/answer.ts'
import { secret } from '../../../../tenancy/route.ts'
import { isTemporaryPassword } from '../../../../identity/tokens/index.ts'
import { done, mistake, ready, text, type Form, defineStep, type FlowState } from '../../../../identity/flow/index.ts'
import { hashed, passwordAsked, passwordMistakes } from '../../../../identity/passwords/index.ts'
import { passwordFields, presentMistakes, presentWrong, savePassword, typedPassword } from '../../parts.ts'

/** Whether this is the password that was mailed, which nobody guesses. */
const isMailed = ({ context, account }: FlowState, form: Form): Promise<boolean> =>
  isTemporaryPassword(context, account.id, text(form, 'current'))

/** Whether what was judged is the password they have now still: another window may have come first. */
const isCurrentStill = async (state: FlowState, form: Form, judged: string | null): Promise<boolean> =>
  (state.account.passwordHash ?? null) === judged && (judged !== null || (await isMailed(state, form)))

/** What is wrong with the password the person has now: their own, or the mailed one. */
async function currentMistakes(state: FlowState, form: Form): Promise<FieldErrors> {
  const typed = text(form, 'current')
  if (!typed) return { current: { key: 'onboarding.password.currentEmpty' } }
  if (state.account.passwordHash) return presentMistakes(state, typed)
  return (await isMailed(state, form)) ? {} : presentWrong
}

/** What a firm may say of choosing a password, alone or on a form of several. */
const passwordChoices = {
  current: z.boolean().default(false).describe('ask the present (temporary) password too'),
  repeat: z.boolean().default(true).describe('ask the new password twice'),
}

/** Choosing a password, with the rules in sight before typing. */
export const password = defineStep({
  name: 'password',
  samples: () => import('./samples.ts'),
  choices: passwordChoices,
  features: ['password'],
  getsIn: true,
  fields: { current: secret(), ...passwordFields },
  opens: true,
  done: (facts) => facts.hasPassword,
  // Who had one before does not activate anything: the words of the first time are not for them.
  show: async (state, step, form) =>
    page(passwordView, {
      ...form,
      ...passwordAsked(state, step),
      again: state.progress.flow === 'stricter',
      ...(state.progress.flow === 'stricter' && { titleKey: 'onboarding.new-password.title' }),
    }),
  async prepare(state, step, form) {
    const wrong = {
      ...(step.current && (await currentMistakes(state, form))),
      ...passwordMistakes(state, step, typedPassword(form)),
    }
    if (Object.keys(wrong).length) return mistake(wrong)
    return ready({ hash: await hashed(state.context, typedPassword(form)), judged: state.account.passwordHash ?? null })
  },
  async answer(state, step, form, { hash, judged }) {
    if (step.current && !(await isCurrentStill(state, form, judged))) return mistake(presentWrong)
    await savePassword(state, hash)
    return done
  },
})
