import type { FactorName } from '../../tenancy/policy.ts'
import type { Asking } from './asking.ts'
import { factors } from './registry.ts'

/** How a page asks for a factor, for the gallery: nothing was sent yet, unless said. */
export function askingSample(factor: FactorName, more: Partial<Asking> = {}): Asking {
  const { asks, sends, sample } = factors[factor]
  return { factor, asks, sends, sent: false, unsent: null, next: null, ...sample, ...more }
}
