import type { FactorName } from '../../tenancy/factors.ts'
import { offeredFactors } from '../../tenancy/factors.ts'
import { choicesFor } from '../../tenancy/own-people.ts'
import type { Policy } from '../../tenancy/policy.ts'
import { authenticator } from './authenticator/factor.ts'
import { backupCode } from './backup-code/factor.ts'
import { devicePrompt } from './device-prompt/factor.ts'
import type { Factor, FactorFacts } from './factor.ts'
import { factorsOf, type Installation } from './installed.ts'
import { mail } from './mail/factor.ts'
import { passkey } from './passkey/factor.ts'
import { sms } from './sms/factor.ts'

export { devicePrompt, authenticator, backupCode, passkey, sms }

/**
 * The factors of this folder: a new one is a folder and a line here. The order is that of the fingerprint of a trusted
 * computer: it stays, and a new one comes at the end.
 */
export const ownFactors: readonly Factor[] = [passkey, devicePrompt, authenticator, sms, mail, backupCode]

/** Whether somebody can use it now: who was given it with their account, always. */
export const isEnrolled = ({ kind, name }: Factor, { has }: FactorFacts): boolean =>
  kind === 'given' || has.includes(name)

/** Whether it was used up and nothing has taken its place yet. */
export const isSpent = ({ name }: Factor, { spent }: FactorFacts): boolean => spent.includes(name)

/**
 * What somebody has set up that is strong enough to show who they are, the strongest first: no mailed code, and no
 * backup, which only stands beside one.
 */
const strongOf = (at: Installation, { has }: FactorFacts): Factor[] =>
  has.flatMap((name) => factorsOf(at).find(name) ?? []).filter(({ kind, stepsUp }) => kind === 'own' && stepsUp)

/** Whether somebody has set up a real second step, whatever the firm offers now. */
export const hasSecondStep = (at: Installation, facts: FactorFacts): boolean => strongOf(at, facts).length > 0

/** What somebody has that opens nothing but beside another one. */
const backupsOf = (at: Installation, { has }: FactorFacts): FactorName[] =>
  has.filter((name) => factorsOf(at).find(name)?.kind === 'backup')
export const hasBackup = (at: Installation, facts: FactorFacts): boolean => backupsOf(at, facts).length > 0

/**
 * What somebody can give the second step with, in the firm's order; a backup always last. Who has only a strong
 * factor that the firm offers no more still gives that one: stricter choices never open the route with a password alone.
 */
export function usable(at: Installation, policy: Policy, facts: FactorFacts): FactorName[] {
  const { modules } = at.services
  const offered = offeredFactors(factorsOf(at), choicesFor(modules, policy, facts.ownPeople)).filter((factor) =>
    isEnrolled(factor, facts),
  )
  const before = offered.some(({ stepsUp }) => stepsUp) ? [] : strongOf(at, facts)
  const own = [...before, ...offered].map(({ name }) => name)
  return own.length ? [...own, ...backupsOf(at, facts)] : own
}

/** Whether people of this firm can have a backup: where one is handed out, or what it offers can be lost. */
export const offersBackup = (at: Installation, policy: Pick<Policy, 'features' | 'secondFactor'>): boolean =>
  offeredFactors(factorsOf(at), policy).some(({ asksBackup }) => asksBackup) ||
  factorsOf(at).all.some(({ kind, name }) => kind === 'backup' && policy.features.includes(name))

/** Whether what this firm offers can be given by who set nothing up. */
export const offersGiven = (at: Installation, policy: Pick<Policy, 'secondFactor'>): boolean =>
  givenBy(at, policy).length > 0
/** What a firm offers that everybody has with their account. */
export const givenBy = (at: Installation, policy: Pick<Policy, 'secondFactor'>): FactorName[] =>
  offeredFactors(factorsOf(at), policy).flatMap(({ kind, name }) => (kind === 'given' ? [name] : []))
