import { sql } from 'kysely'
import { tables } from '../../platform/db/tables.ts'
import { secondStepObligatory } from '../../tenancy/deadlines.ts'
import type { Policy } from '../../tenancy/policy.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import {
  apps,
  backupCodes,
  devices,
  factorFactsSelect,
  hasSecondStep,
  offersBackupCode,
  passkeys,
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
}
const date = (text: string | null | undefined): Date | null => (text ? new Date(text) : null)

/** Of others' tables only what they hand out. */
const db = tables()

/** How many of each somebody has, and since when. */
const countsOf = (context: PersonContext) => {
  const account = sql<string>`${context.person.id}::uuid`
  return db(context)
    .selectNoFrom([
      apps.newest(account).as('appAt'),
      apps.count(account).as('apps'),
      passkeys.count(account).as('passkeys'),
      devices.count(account).as('approvers'),
      backupCodes.newest(account).as('backupCodeAt'),
    ])
    .executeTakeFirstOrThrow()
}

export async function ownFacts(context: PersonContext): Promise<Own> {
  const [row, counts] = await Promise.all([
    context.one<Row>(
      `select ${factorFactsSelect} as factors, a.password_set_at as password_at from account a where a.id = ?`,
      [context.person.id],
    ),
    countsOf(context),
  ])
  if (!row) throw new Error('somebody is signed in without an account')
  return {
    factors: row.factors,
    passwordAt: date(row.password_at),
    appAt: counts.appAt,
    apps: counts.apps ?? 0,
    passkeys: counts.passkeys ?? 0,
    approvers: counts.approvers ?? 0,
    backupCodeAt: counts.backupCodeAt,
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
