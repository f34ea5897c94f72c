import { factorKinds, type FactorName } from '../../tenancy/factors.ts'
import { askedBy, type Asking } from './asking.ts'
import { ownFactors } from './registry.ts'

const own = factorKinds(ownFactors)

/** How a page asks for a factor, for the gallery: nothing was sent yet, unless said. */
export function askingSample(factor: FactorName, more: Partial<Asking> = {}): Asking {
  const its = own.of(factor)
  return { factor, ...askedBy(its), sent: false, unsent: null, next: null, ...its.sample, ...more }
}
