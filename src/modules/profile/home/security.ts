import { view } from '../../../platform/views/view.ts'
import type { FactorName } from '../../../tenancy/policy.ts'
import { usable } from '../../../identity/factors/index.ts'
import { secondStepPart, type SecondStep } from '../../onboarding/index.ts'
import { textPart } from '../../../platform/db/text.ts'
import { widget } from '../../../tenancy/home-parts.ts'

/** Stronger than a code that is sent. */
const better = ['passkey', 'authenticator', 'approval'] as const

interface Security {
  safe: boolean
  secondSteps: FactorName[]
}

/** How somebody signs in, and that all is well where it is. What would be better is said in *to do*, and only there. */
export const security = widget<SecondStep, Security>({
  name: 'security',
  view: view('profile/widget-security'),
  picture: 'shield-check',
  place: {},
  asks: (context) => textPart(secondStepPart(context)),
  data: ({ choices: policy }, has) => ({
    safe: better.some((name) => has.factors[name]) || !better.some((name) => policy.secondFactor.of.includes(name)),
    secondSteps: usable(policy, has.factors),
  }),
})
