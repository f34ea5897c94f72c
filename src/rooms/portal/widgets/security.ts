import { secondStepPart, strengthening, type SecondStep } from '../second-step.ts'
import type { Widget } from '../widget.ts'

/** Stronger than a code that is sent. */
const better = ['passkey', 'authenticator', 'approval'] as const

/** Urges a second step stronger than a sent code until it is set up, then says that all is in order. */
export const security: Widget<SecondStep> = {
  picture: 'shield-check',
  part: secondStepPart,
  data: ({ choices: policy }, has) => ({
    safe: better.some((name) => has.factors[name]) || !better.some((name) => policy.secondFactor.of.includes(name)),
    offered: strengthening(policy, has) !== null,
  }),
}
