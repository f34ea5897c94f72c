import { states, type Samples } from '../../../../tenancy/samples.ts'
import { on, tooSoon } from '../../sample-parts.ts'
import { signInView } from '../../views.ts'

export const samples: Samples = states(signInView, {
  temporary: { data: on('sign-in', { with: 'temporary', next: null }) },
  own: { data: on('sign-in', { with: 'own', next: null }) },
  mailedAgain: {
    data: ({ t }) => on('sign-in', { with: 'temporary', next: 42, notice: t('onboarding.signIn.mailedAgain') }),
  },
  wait: {
    data: on('sign-in', { with: 'temporary', next: null }),
    errors: { '': { key: 'onboarding.code.wait', params: tooSoon } },
  },
})
