import { factorKinds, type FactorName } from '../../tenancy/factors.ts'
import type { Asking } from './asking.ts'
import { ownFactors } from './registry.ts'

const own = factorKinds(ownFactors)

/** How a page asks for a factor, for the gallery: nothing was sent yet, unless said. */
export function askingSample(factor: FactorName, more: Partial<Asking> = {}): Asking {
  const { asks, sends, sample } = own.of(factor)
  return { factor, asks, sends, sent: false, unsent: null, next: null, ...sample, ...more }
}
