import { factorNames, type FactorName } from '../../tenancy/policy.ts'
import type { Policy } from '../../tenancy/policy.ts'
import { choicesFor } from '../../tenancy/own-people.ts'
import { authenticator } from './authenticator/factor.ts'
import { approval } from './device-prompt/factor.ts'
import { backupCode } from './backup-code/factor.ts'
import type { Factor, FactorFacts } from './factor.ts'
import { mail } from './mail/factor.ts'
import { passkey } from './passkey/factor.ts'
import { sms } from './sms/factor.ts'

/** Every factor there is: a new one is a folder, a name in `policy.ts` and a line here. */
export const factors: Record<FactorName, Factor> = { passkey, authenticator, approval, sms, mail, backupCode }

/** All of them, in the order in which the fingerprint of a trusted computer names them: it stays, and a new one comes at the end. */
export const everyFactor: readonly Factor[] = [passkey, approval, authenticator, sms, mail, backupCode]

/** The factors of somebody's own choosing that are strong enough to show who they are: no mailed code, and no backup code, which only stands beside one. */
const strong = factorNames.filter((name) => name !== 'backupCode').filter((name) => factors[name].stepsUp)

/** Whether somebody has set up a real second step, whatever the firm offers now. */
export const hasSecondStep = (facts: FactorFacts): boolean => strong.some((name) => factors[name].enrolled(facts))

/**
 * What somebody can give the second step with, in the firm's order; the backup code always last. Who has only a strong
 * factor that the firm offers no more still gives that one: stricter choices never open the route with a password alone.
 */
export function usable(policy: Policy, facts: FactorFacts): FactorName[] {
  const offered = choicesFor(policy, facts.ownPeople).secondFactor.of.filter((name) => factors[name].enrolled(facts))
  const before = offered.some((name) => factors[name].stepsUp)
    ? []
    : strong.filter((name) => factors[name].enrolled(facts))
  const own = [...before, ...offered]
  return own.length && facts.backupCode ? [...own, 'backupCode'] : own
}

/** Whether people of this firm can have a backup code. Where it takes passkeys there is one too: a device can be lost. */
export const offersBackupCode = ({ features, secondFactor }: Pick<Policy, 'features' | 'secondFactor'>): boolean =>
  secondFactor.of.includes('passkey') || features.includes('backupCode')
