import { factorNames, type FactorName } from '../../tenancy/policy.ts'
import type { Policy } from '../../tenancy/policy.ts'
import { authenticator } from './authenticator/app.ts'
import { backupCode } from './backup-code/codes.ts'
import type { Factor, FactorFacts } from './factor.ts'
import { mail } from './mail/mail.ts'
import { sms } from './sms/sms.ts'

/** Every factor there is: a new one is a folder, a name in `policy.ts` and a line here. */
export const factors: Record<FactorName, Factor> = { authenticator, sms, mail, backupCode }

/** What somebody can give the second step with, in the firm's order; the backup code always last. */
export function usable(policy: Policy, facts: FactorFacts): FactorName[] {
  const own = policy.secondFactor.of.filter((name) => factors[name].enrolled(facts))
  return own.length && facts.backupCode ? [...own, 'backupCode'] : own
}

/** What somebody can show with, once more, who they are; the strongest first. */
export function stepUpWays(policy: Policy, facts: FactorFacts): FactorName[] {
  const own = usable(policy, facts)
  return factorNames.filter((name) => own.includes(name) && factors[name].stepsUp)
}
