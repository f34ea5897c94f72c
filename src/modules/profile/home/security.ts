import { view } from '../../../platform/views/view.ts'
import type { FactorName } from '../../../tenancy/factors.ts'
import { factorsOf, isEnrolled, usable, type Factor, type Installation } from '../../../identity/factors/index.ts'
import { factorsHere } from '../../../identity/requirements/index.ts'
import { widget } from '../../../tenancy/home-parts.ts'

/** Stronger than a code that is sent. */
const better = (at: Installation): Factor[] => factorsOf(at).all.filter(({ kind, sentAs }) => kind === 'own' && !sentAs)

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
  data({ choices, person, services }) {
    const has = factorsHere({ person })
    const strong = better({ services })
    return {
      safe:
        strong.some((factor) => isEnrolled(factor, has)) ||
        !strong.some(({ name }) => choices.secondFactor.of.includes(name)),
      secondSteps: usable({ services }, choices, has),
    }
  },
})
