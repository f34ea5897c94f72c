import type { FactorName, Policy } from '../../tenancy/policy.ts'
import type { AuditAction } from '../../tenancy/audit-action.ts'
import type { FactorFacts, Installation, Owner } from '../factors/index.ts'
import type { Purpose } from '../tokens/index.ts'

/** One occasion on which somebody proves again who they are: signing in's second step, a step-up, a way back in. */
export interface Occasion {
  /** What its codes, signatures and questions are for: one made for another occasion is worth nothing here. */
  purpose: Purpose
  /** What each answer leaves in the log, right or refused; its one fact names the factor. */
  action: AuditAction<'factor' | 'by', never>
  /** What somebody with these facts may prove it with at this firm, in the firm's order. */
  ways(at: Installation, policy: Policy, facts: FactorFacts): FactorName[]
}

/**
 * Somebody who is asked on an occasion, by the way in use. `owner.hadAt`: only what they had by then proves anything.
 */
export interface Challenge {
  occasion: Occasion
  owner: Owner
  way: FactorName
}
