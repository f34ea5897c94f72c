import { idOf } from '../../platform/db/ids.ts'
import { tables } from '../../platform/db/tables.ts'
import { secondStepObligatory } from '../../tenancy/deadlines.ts'
import type { FactorName } from '../../tenancy/factors.ts'
import type { Policy } from '../../tenancy/policy.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { passwordSetAt } from '../../identity/accounts/index.ts'
import {
  factorFacts,
  factorsOf,
  hasBackup,
  hasSecondStep,
  isEnrolled,
  offersBackup,
  usable,
  type Factor,
  type FactorFacts,
} from '../../identity/factors/index.ts'

/** How many of a factor somebody has, and when the newest came. */
export interface Count {
  count: number
  newest: Date | null
}

/** What "Mijn gegevens" knows of somebody, read in one statement. */
export interface Own {
  factors: FactorFacts
  passwordAt: Date | null
  counts: Record<FactorName, Count>
}

/** Of others' tables only what they hand out. */
const db = tables()

export async function ownFacts(context: PersonContext): Promise<Own> {
  const account = idOf(context.person.id)
  const each = factorsOf(context).all.flatMap(({ name, enrolments }) => (enrolments ? [{ name, enrolments }] : []))
  const { factors, passwordAt, ...row } = await db(context)
    .selectNoFrom([factorFacts(context, account).as('factors'), passwordSetAt(account).as('passwordAt')])
    .select(each.map(({ enrolments }, nth) => enrolments.count(account).as(`count${nth}`)))
    .select(each.map(({ enrolments }, nth) => enrolments.newest(account).as(`newest${nth}`)))
    .executeTakeFirstOrThrow()
  const counts = each.map(({ name }, nth): [FactorName, Count] => [
    name,
    { count: row[`count${nth}`] ?? 0, newest: row[`newest${nth}`] ?? null },
  ])
  return { factors, passwordAt, counts: Object.fromEntries(counts) }
}

/** Whether the firm lets people set up this factor. */
export const lets = (policy: Policy, { name }: Factor): boolean => policy.secondFactor.of.includes(name)

type Here = Pick<PersonContext, 'choices' | 'services'>

/**
 * Whether taking it away switches the second step off: nothing is left to give it with, and a backup alone is nothing.
 */
export function isLast(context: Here, facts: FactorFacts, { name }: Factor): boolean {
  const without = { ...facts, has: facts.has.filter((each) => each !== name) }
  const { choices } = context
  return usable(context, choices, facts).includes(name) && usable(context, choices, without).length === 0
}

/**
 * Whether somebody may take it away: not the last one where the firm asks a second step.
 * @param several they have more than one of this kind, and take one away
 */
export function mayRemove(
  context: Here & Pick<PersonContext, 'now'>,
  facts: FactorFacts,
  removed: Factor,
  several = false,
): boolean {
  if (!isEnrolled(removed, facts)) return false
  const { choices, now } = context
  const obligatory = secondStepObligatory(choices, now.toZonedDateTimeISO(choices.zone).toPlainDate())
  return several || !(obligatory && isLast(context, facts, removed))
}

/**
 * Where setting a factor up leads: to the list of its kind, or, with the first second step of who has no backup code,
 * to one at once.
 */
export const leadsTo = (context: Here, { factors }: Pick<Own, 'factors'>, list: string): string =>
  !hasSecondStep(context, factors) && !hasBackup(context, factors) && offersBackup(context, context.choices)
    ? '/profile/backup-code'
    : list
