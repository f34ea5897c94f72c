import { sql, type Expression } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { anyOf } from '../../platform/db/lists.ts'
import { tables } from '../../platform/db/tables.ts'
import type { AuditAction } from '../../tenancy/audit-action.ts'
import type { Context, PersonContext } from '../../tenancy/context.ts'
import { AuditLine } from './line.ts'

const db = tables(AuditLine)

/** What happened to somebody's account, the same acts together: the last moment (as a text), how often, and whether they did it. */
export interface Since {
  action: string
  at: string
  n: number
  refused: boolean
  mine: boolean
}

/** The newest lines that are looked through: who tried a thousand passwords makes nobody's home page slow. */
const looked = 200

/**
 * What is in the log about somebody since their previous sign-in, newest first, so many kinds of act; what they do every
 * day is told only when it failed. Null on their first visit.
 */
export function since({ person, services }: PersonContext, most: number): Expression<Since[]> | null {
  if (!person.previousSignInAt) return null
  const everyDay = [...services.modules.auditActions.values()].flatMap((each) => (each.everyDay ? [each.name] : []))
  const eb = db.fragment
  const newest = eb
    .selectFrom('audit_line')
    .select(['action', 'outcome', 'actor', 'at'])
    .where('subject', '=', person.id)
    .orderBy('seq', 'desc')
    .limit(looked)
  const grouped = eb
    .selectFrom(newest.as('l'))
    .select((l) => [
      'l.action',
      l('l.outcome', '=', 'refused').as('refused'),
      l.fn.coalesce(l('l.actor', '=', person.id), l.lit(false)).as('mine'),
      l.fn.max('l.at').as('at'),
      l.fn.countAll<number>().as('n'),
    ])
    .where('l.at', '>', person.previousSignInAt)
    .where((l) => l.or([l('l.outcome', '=', 'refused'), l.not(l('l.action', '=', anyOf(everyDay)))]))
    // By their places: two conditions with values of their own are not the same to PostgreSQL.
    .groupBy(sql`1, 2, 3`)
    .orderBy('at', 'desc')
    .limit(most)
  return jsonArrayFrom(grouped) as Expression<unknown> as Expression<Since[]> // moments are texts in JSON
}

/** What of the log is asked for: what was written about an account at a moment or since. */
interface Wanted {
  subject: string
  action: AuditAction
  since: Date
  /** Left out: however it ended. */
  outcome?: 'ok' | 'refused'
}

/** Whether there is such a line. */
export async function wasLogged(context: Context, { subject, action, since, outcome }: Wanted): Promise<boolean> {
  const row = await db(context)
    .selectFrom('audit_line')
    .select('seq')
    .where('subject', '=', subject)
    .where('action', '=', action.name)
    .where('at', '>=', since)
    .$if(outcome !== undefined, (query) => query.where('outcome', '=', outcome!))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
