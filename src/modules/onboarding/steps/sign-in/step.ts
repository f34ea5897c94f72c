import { page } from '../../../../platform/http/answer.ts'
import { signInView } from '../../views.ts'
import { z } from 'zod'
import { line } from '../../../../tenancy/route.ts'
import { mayGo, tooSoon } from '../../../../identity/tokens/index.ts'
import { mistake, stay, text, defineStep } from '../../../../identity/flow/index.ts'
import { mailCredentials } from '../credentials/step.ts'

/**
 * Signing in as a step: with the mailed password, or once more with the person's own password or passkey. The rules of
 * signing in live in one place, elsewhere.
 */
export const signIn = defineStep({
  name: 'signIn',
  samples: () => import('./samples.ts'),
  choices: { with: z.enum(['temporary', 'own']).default('own') },
  getsIn: true,
  spends: (step) => (step.with === 'temporary' ? 'temporaryPassword' : null),
  fields: { act: line() },
  opens: false,
  done: (facts, step) =>
    step.with === 'own'
      ? facts.via === 'own' || facts.via === 'passkey'
      : facts.hasPassword || facts.via === 'temporary',
  show: async ({ context, account }, step, form) => {
    const soon = step.with === 'temporary' ? await tooSoon(context, 'credentials', account.emailLookup) : null
    return page(signInView, { ...form, with: step.with, next: soon?.seconds ?? null })
  },
  async answer(state, step, form) {
    if (step.with !== 'temporary' || text(form, 'act') !== 'resend') return stay()
    const soon = await mayGo(state.context, 'credentials', state.account.emailLookup)
    if (soon) return mistake({ '': { key: `shell.again.${soon.reason}`, params: { seconds: soon.seconds } } })
    await mailCredentials(state)
    return stay('onboarding.signIn.mailedAgain')
  },
})
