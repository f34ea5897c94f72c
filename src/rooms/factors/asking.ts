import type { FactorName } from '../../tenancy/policy.ts'
import type { Purpose } from '../../tenancy/one-time.ts'
import type { Visit } from '../../tenancy/visit.ts'
import type { Factor, Owner } from './factor.ts'
import { factors } from './registry.ts'

/** What a page needs to ask for a factor, whichever it is: at signing in, at a step-up and on a way back alike. */
export interface Asking { factor: FactorName; asks: Factor['asks']; sends: boolean; sentTo: string | null; ask: object }

export async function asking(visit: Visit, owner: Owner, factor: FactorName, purpose: Purpose): Promise<Asking> {
  const { asks, sends, sentTo, shows } = factors[factor]
  return { factor, asks, sends, sentTo: await sentTo(visit, owner), ask: await shows?.(visit, owner, purpose) ?? {} }
}
