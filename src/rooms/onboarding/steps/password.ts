import { secret } from '../../../tenancy/door.ts'
import { readTemporaryPassword } from '../../accounts/index.ts'
import { done, mistake, text, type Form, type Step, type Walk } from '../step.ts'
import { hashed, passwordAsked, passwordFields, passwordMistakes, savePassword } from './parts.ts'

/** Whether this is the password the person has now: their own, or the mailed one. */
async function isCurrent({ visit, account }: Walk, form: Form): Promise<boolean> {
  const typed = text(form, 'current')
  if (account.passwordHash) return visit.house.hasher.verifyPassword(account.passwordHash, typed)
  const temporary = readTemporaryPassword(typed)
  if (!temporary) return false
  return null !== await visit.one(
    `select id from one_time where account_id = ? and purpose = 'temporaryPassword' and digest = ? and used_at is null and dead_at is null and expires_at > ?`,
    [account.id, visit.tenant.vault.mac('temporary password', temporary), visit.at])
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
