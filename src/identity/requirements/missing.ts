import type { AliasableExpression, Expression } from 'kysely'
import { jsonBuildObject } from 'kysely/helpers/postgres'
import { tables } from '../../platform/db/tables.ts'
import type { Context, SessionFacts } from '../../tenancy/context.ts'
import type { Publications, Requirement } from '../../tenancy/requirement.ts'
import type { Services } from '../../tenancy/services.ts'
import { people } from '../accounts/index.ts'

/** What an account has of each requirement, by its name, as the database says. */
export type RequirementFacts = Readonly<Record<string, unknown>>

/** What the firm asks and somebody does not have, from which day, and from which day on nothing else opens. */
export interface Missing {
  names: string[]
  from: Temporal.PlainDate
  until: Temporal.PlainDate
}

type Known = Pick<Services, 'modules'>
type Via = SessionFacts['via']

/** What an account has of each requirement, by its name: a piece for any statement that knows its id. */
export const requirementFacts = (services: Known, account: Expression<string>): AliasableExpression<RequirementFacts> =>
  jsonBuildObject(
    Object.fromEntries(services.modules.requirements.map(({ name, fact }) => [name, fact(account, services)])),
  )

/**
 * From when this is asked without a break, and from when it cannot wait: the day the first of these versions was
 * published, or later where the firm or the requirement says so. What was always asked is no news to anybody, and has no grace.
 */
function askedFrom(
  { modules }: Known,
  requirement: Requirement,
  has: unknown,
  firm: Publications,
): Pick<Missing, 'from' | 'until'> {
  const { policy, versions, published } = firm
  const asking = { modules, versions }
  const { zone, existing } = requirement.choices?.(policy, has, asking) ?? policy
  const newest = [...versions.keys()].sort((a, b) => b - a)
  const before = newest.findIndex((version) => !requirement.lacks(versions.get(version)!, has, asking))
  const first = newest[(before < 0 ? newest.length : before) - 1] ?? firm.version
  const day = Temporal.Instant.fromEpochMilliseconds((published.get(first) ?? new Date(0)).getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
  const named = existing.from ? Temporal.PlainDate.from(existing.from) : null
  const from = [day, named, requirement.notBefore?.(policy)]
    .filter((each) => each != null)
    .sort((a, b) => Temporal.PlainDate.compare(b, a))[0]!
  return { from, until: before < 0 && !named ? from : from.add(existing.grace) }
}

/**
 * What the firm asks of everybody by its choices of today, and somebody of whom this is known does not have. Pure: the
 * same answer at signing in, on every request of an open session, and for the mail that tells it. Null when nothing is
 * missing.
 * @param via how they came in
 */
export function missing(
  { modules }: Known,
  firm: Publications,
  requirementFacts: RequirementFacts,
  via: Via | null = null,
): Missing | null {
  const lacked = modules.requirements.filter(
    (each) =>
      !(via && each.notAfter?.includes(via)) &&
      each.lacks(firm.policy, requirementFacts[each.name], { modules, versions: firm.versions }),
  )
  const [soonest] = lacked
    .map((requirement) => askedFrom({ modules }, requirement, requirementFacts[requirement.name], firm))
    .sort((a, b) => Temporal.PlainDate.compare(a.until, b.until))
  return soonest ? { names: lacked.map(({ name }) => name), ...soonest } : null
}

/** Whether it is asked on this day, and whether putting it off is over. */
export const isAsked = ({ from }: Missing, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(today, from) >= 0
export const isOverdue = ({ until }: Missing, today: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(today, until) >= 0

const db = tables()

/** What an account has of each requirement; null for one that nobody has. */
export async function requirementFactsOf(context: Context, accountId: string): Promise<RequirementFacts | null> {
  const row = await db(context)
    .selectFrom(people.as('a'))
    .select((eb) => requirementFacts(context.services, eb.ref('a.id')).as('requirementFacts'))
    .where('a.id', '=', accountId)
    .executeTakeFirst()
  return row?.requirementFacts ?? null
}

/** What the firm asks by now of everybody and this account lacks; null when nothing is missing or the day has not come. */
export async function missingNow(context: Context, accountId: string, via?: Via | null): Promise<Missing | null> {
  const requirementFacts = await requirementFactsOf(context, accountId)
  const here = via ?? (context.person?.id === accountId ? context.session?.via : null)
  const found = requirementFacts && missing(context.services, context.tenant, requirementFacts, here)
  return found && isAsked(found, context.today) ? found : null
}
