import { view } from '../../../platform/views/view.ts'
import type { FactorName } from '../../../tenancy/policy.ts'
import { usable } from '../../../identity/factors/index.ts'
import { factorsHere } from '../../../identity/requirements/index.ts'
import { widget } from '../../../tenancy/home-parts.ts'

/** Stronger than a code that is sent. */
const better = ['passkey', 'authenticator', 'approval'] as const

interface Security {
  safe: boolean
  secondSteps: FactorName[]
}

/** How somebody signs in, and that all is well where it is. What would be better is said in *to do*, and only there. */
export const security = widget<null, Security>({
  name: 'security',
  view: view('profile/widget-security'),
  picture: 'shield-check',
  place: {},
  asks: () => null,
  data({ choices: policy, person }) {
    const has = factorsHere({ person })
    return {
      safe: better.some((name) => has[name]) || !better.some((name) => policy.secondFactor.of.includes(name)),
      secondSteps: usable(policy, has),
    }
  },
})
