import { secondStepPart, strengthening, type SecondStep } from '../second-step.ts'
import type { Widget } from '../widget.ts'

/** Urges an authenticator app until it is set up, then says that all is in order. */
export const security: Widget<SecondStep> = {
  picture: 'shield-check',
  part: secondStepPart,
  data: ({ policy }, has) => ({
    safe: has.factors.authenticator || !policy.secondFactor.of.includes('authenticator'),
    offered: strengthening(policy, has) !== null,
  }),
}
