import { secondStepObligatory } from '../../tenancy/deadlines.ts'
import type { Policy } from '../../tenancy/policy.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import {
  factorFactsSelect,
  hasSecondStep,
  offersBackupCode,
  usable,
  type Factor,
  type FactorFacts,
} from '../../identity/factors/index.ts'

/** What "Mijn gegevens" knows of somebody, read in one statement. */
export interface Own {
  factors: FactorFacts
  passwordAt: Date | null
  /** When the newest app was set up. */
  appAt: Date | null
  /** How many they have. */
  apps: number
  passkeys: number
  approvers: number
  backupCodeAt: Date | null
}

interface Row {
  factors: FactorFacts
  password_at: string | null
  app_at: string | null
  apps: number
  passkeys: number
  approvers: number
  code_at: string | null
}
const date = (text: string | null | undefined): Date | null => (text ? new Date(text) : null)

export async function ownFacts(context: PersonContext): Promise<Own> {
  const row = await context.one<Row>(
    `select ${factorFactsSelect} as factors, a.password_set_at as password_at,
       (select max(confirmed_at) from authenticator where account_id = a.id and removed_at is null) as app_at,
       (select count(*)::int from authenticator where account_id = a.id and removed_at is null) as apps,
       (select count(*)::int from passkey where account_id = a.id and removed_at is null) as passkeys,
       (select count(*)::int from approver where account_id = a.id and removed_at is null) as approvers,
       (select created_at from backup_code where account_id = a.id and used_at is null and replaced_at is null) as code_at
     from account a where a.id = ?`,
    [context.person.id],
  )
  if (!row) throw new Error('somebody is signed in without an account')
  return {
    factors: row.factors,
    passwordAt: date(row.password_at),
    appAt: date(row.app_at),
    apps: row.apps,
    passkeys: row.passkeys,
    approvers: row.approvers,
    backupCodeAt: date(row.code_at),
  }
}

/** What the firm lets people set up. */
export interface Offered {
  app: boolean
  phone: boolean
  passkey: boolean
  approval: boolean
  backupCode: boolean
}

/** What the firm lets people set up by themselves. */
export function offered(policy: Policy): Offered {
  const { of } = policy.secondFactor
  return {
    app: of.includes('authenticator'),
    phone: of.includes('sms'),
    passkey: of.includes('passkey'),
    approval: of.includes('approval'),
    backupCode: offersBackupCode(policy),
  }
}

/** Whether the firm lets people set up this factor. */
export const lets = (policy: Policy, { name }: Factor): boolean => policy.secondFactor.of.some((each) => each === name)

/** What would be left to give the second step with, without this one; a backup code alone is nothing. */
const left = (policy: Policy, facts: FactorFacts, { fact }: Factor) =>
  usable(policy, { ...facts, ...(fact && { [fact]: false }) })

/** Whether taking it away switches the second step off. */
export const isLast = (policy: Policy, facts: FactorFacts, removed: Factor): boolean =>
  usable(policy, facts).includes(removed.name) && left(policy, facts, removed).length === 0

/** Whether somebody may take it away: not the last one where the firm asks a second step. @param several they have more than one of this kind, and take one away */
export function mayRemove(
  { choices: policy, now }: Pick<PersonContext, 'choices' | 'now'>,
  facts: FactorFacts,
  removed: Factor,
  several = false,
): boolean {
  if (!removed.enrolled(facts)) return false
  const obligatory = secondStepObligatory(policy, now.toZonedDateTimeISO(policy.zone).toPlainDate())
  return several || !(obligatory && isLast(policy, facts, removed))
}

/** Where setting a factor up leads: to the list of its kind, or, with the first second step of who has no backup code, to one at once. */
export const leadsTo = (
  { choices: policy }: Pick<PersonContext, 'choices'>,
  { factors }: Pick<Own, 'factors'>,
  list: string,
): string =>
  !hasSecondStep(factors) && !factors.backupCode && offered(policy).backupCode ? '/profile/backup-code' : list
