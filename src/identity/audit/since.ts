import { tables } from '../../platform/db/tables.ts'
import type { Context, PersonContext } from '../../tenancy/context.ts'
import { AuditLine } from './line.ts'

const db = tables(AuditLine)

/** What happened to somebody's account, the same acts together: the last moment, how often, and whether they did it. */
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
 * What is in the log about the account `o` since its previous sign-in, newest first, so many kinds of act: a piece of a
 * statement that selects from `account o`. `quiet`: acts that are told only when they failed. Moments come as texts.
 */
export function sincePart(
  { person }: PersonContext,
  { quiet, most }: { quiet: string[]; most: number },
): { sql: string; params: unknown[] } {
  return {
    sql: `select coalesce(json_agg(g order by g.at desc), '[]') from (
      select l.action, l.outcome = 'refused' as refused, coalesce(l.actor = o.id, false) as mine, max(l.at) as at, count(*)::int as n
      from (select * from audit_line where subject = ? order by seq desc limit ${looked}) l
      where l.at > o.previous_sign_in_at and (l.outcome = 'refused' or l.action not in (${quiet.map(() => '?').join(', ')}))
      group by 1, 2, 3 order by max(l.at) desc limit ${most}) g`,
    params: [person.id, ...quiet],
  }
}

/** Whether this was logged about an account since a moment. */
export async function wasLogged(
  context: Context,
  { subject, action, since }: { subject: string; action: string; since: Date },
): Promise<boolean> {
  const row = await db(context)
    .selectFrom('audit_line')
    .select('seq')
    .where('subject', '=', subject)
    .where('action', '=', action)
    .where('at', '>', since)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
