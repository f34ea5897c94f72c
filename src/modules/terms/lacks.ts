import type { Policy } from '../../tenancy/policy.ts'
import { termsPolicy } from './policy.ts'

/**
 * Whether these choices ask somebody to agree who last agreed to this version, or never did. Versions are days, so text
 * order is theirs.
 */
export function lacksTerms(policy: Policy, accepted: unknown): boolean {
  const terms = policy.of(termsPolicy)
  return terms !== null && !(typeof accepted === 'string' && accepted >= terms.version)
}
