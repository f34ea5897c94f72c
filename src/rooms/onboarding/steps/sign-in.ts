import { line } from '../../../tenancy/door.ts'
import { mistake, stay, text, type Step } from '../step.ts'
import { mailCredentials } from './credentials.ts'

/** Signing in as a step: with the mailed password, or once more with the person's own password or passkey. The rules of signing in live in one place, elsewhere. */
export const signIn: Step<'signIn'> = {
  fields: { act: line() },
  opens: false,
  done: (facts, step) => step.with === 'own' ? facts.via === 'own' || facts.via === 'passkey' : facts.hasPassword || facts.via === 'temporary',
  show: async (_walk, step) => ({ view: 'onboarding/sign-in', data: { with: step.with } }),
  async answer(walk, step, form) {
    if (step.with !== 'temporary' || text(form, 'act') !== 'resend') return stay()
    const { visit, policy } = walk
    const wait = await visit.house.limits.countAttempt(visit.house.blind('credentials', walk.account.id), { most: policy.codes.perHour, within: Temporal.Duration.from('PT1H') }, visit.now)
    if (wait !== null) return mistake({ '': { key: 'onboarding.code.wait', params: { seconds: wait } } })
    await mailCredentials(walk)
    return stay('onboarding.signIn.mailedAgain')
  },
}
