import { secret } from '../../../tenancy/door.ts'
import { isTemporaryPassword } from '../../accounts/index.ts'
import { done, mistake, text, type Form, type Step, type Walk } from '../step.ts'
import { hashed, passwordAsked, passwordFields, passwordMistakes, savePassword } from './parts.ts'

/** Whether this is the password the person has now: their own, or the mailed one. */
async function isCurrent({ visit, account }: Walk, form: Form): Promise<boolean> {
  const typed = text(form, 'current')
  if (account.passwordHash) return visit.house.hasher.verifyPassword(account.passwordHash, typed)
  return isTemporaryPassword(visit, account.id, typed)
}

/** Choosing a password, with the rules in sight before typing. */
export const password: Step<'password'> = {
  fields: { current: secret(), ...passwordFields },
  opens: true,
  done: (facts) => facts.hasPassword,
  show: async (walk, step) => ({ view: 'onboarding/password', data: passwordAsked(walk, step) }),
  async answer(walk, step, form) {
    if (step.current && !await isCurrent(walk, form)) return mistake({ current: { key: 'onboarding.password.currentWrong' } })
    const wrong = passwordMistakes(walk, step, form)
    if (Object.keys(wrong).length) return mistake(wrong)
    await savePassword(walk, await hashed(walk, form))
    return done
  },
}
