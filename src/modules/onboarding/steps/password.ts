import { page, type FieldErrors } from '../../../platform/http/answer.ts'
import { secret } from '../../../tenancy/route.ts'
import { isTemporaryPassword } from '../../../identity/accounts/index.ts'
import { done, mistake, text, type Form, type Step, type Walk } from '../step.ts'
import { hashed, passwordAsked, passwordFields, passwordMistakes, savePassword } from './parts.ts'
import { passwordView } from '../views.ts'

/** Whether this is the password the person has now: their own, or the mailed one. */
async function isCurrent({ context, account }: Walk, form: Form): Promise<boolean> {
  const typed = text(form, 'current')
  if (account.passwordHash) return context.services.hasher.verifyPassword(account.passwordHash, typed)
  return isTemporaryPassword(context, account.id, typed)
}

const currentMistake = async (walk: Walk, form: Form): Promise<FieldErrors> => {
  if (!text(form, 'current')) return { current: { key: 'onboarding.password.currentEmpty' } }
  return (await isCurrent(walk, form)) ? {} : { current: { key: 'onboarding.password.currentWrong' } }
}

/** Choosing a password, with the rules in sight before typing. */
export const password: Step<'password'> = {
  fields: { current: secret(), ...passwordFields },
  opens: true,
  done: (facts) => facts.hasPassword,
  // Who had one before does not activate anything: the words of the first time are not for them.
  show: async (walk, step, form) =>
    page(passwordView, {
      ...form,
      ...passwordAsked(walk, step),
      again: walk.run.track === 'stricter',
      ...(walk.run.track === 'stricter' && { titleKey: 'onboarding.new-password.title' }),
    }),
  async answer(walk, step, form) {
    const wrong = { ...(step.current && (await currentMistake(walk, form))), ...passwordMistakes(walk, step, form) }
    if (Object.keys(wrong).length) return mistake(wrong)
    await savePassword(walk, await hashed(walk, form))
    return done
  },
}
