import { page } from '../../../platform/http/answer.ts'
import { line } from '../../../tenancy/route.ts'
import { mayGo, tooSoon } from '../../../identity/tokens/index.ts'
import { mistake, stay, text, type Step } from '../step.ts'
import { mailCredentials } from './credentials.ts'
import { signInView } from '../views.ts'

/** Signing in as a step: with the mailed password, or once more with the person's own password or passkey. The rules of signing in live in one place, elsewhere. */
export const signIn: Step<'signIn'> = {
  fields: { act: line() },
  opens: false,
  done: (facts, step) =>
    step.with === 'own'
      ? facts.via === 'own' || facts.via === 'passkey'
      : facts.hasPassword || facts.via === 'temporary',
  show: async ({ context, account }, step, form) =>
    page(signInView, {
      ...form,
      with: step.with,
      next:
        step.with === 'temporary'
          ? ((await tooSoon(context, 'credentials', account.emailLookup))?.seconds ?? null)
          : null,
    }),
  async answer(walk, step, form) {
    if (step.with !== 'temporary' || text(form, 'act') !== 'resend') return stay()
    const soon = await mayGo(walk.context, 'credentials', walk.account.emailLookup)
    if (soon) return mistake({ '': { key: `shell.again.${soon.reason}`, params: { seconds: soon.seconds } } })
    await mailCredentials(walk)
    return stay('onboarding.signIn.mailedAgain')
  },
}
