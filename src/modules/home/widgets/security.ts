import type { FactorName } from '../../../tenancy/policy.ts'
import { usable } from '../../../identity/factors/index.ts'
import { secondStepPart, type SecondStep } from '../second-step.ts'
import type { Widget } from '../widget.ts'

/** Stronger than a code that is sent. */
const better = ['passkey', 'authenticator', 'approval'] as const

interface Security {
  safe: boolean
  secondSteps: FactorName[]
}

/** How somebody signs in, and that all is well where it is. What would be better is said in *to do*, and only there. */
export const security: Widget<SecondStep, Security> = {
  picture: 'shield-check',
  part: secondStepPart,
  data: ({ choices: policy }, has) => ({
    safe: better.some((name) => has.factors[name]) || !better.some((name) => policy.secondFactor.of.includes(name)),
    secondSteps: usable(policy, has.factors),
  }),
}
