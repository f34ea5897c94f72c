import { expressionBuilder, sql, type Expression } from 'kysely'
import { peopleLike } from '../../identity/accounts/index.ts'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Where } from './places.ts'

const db = tables()

/** So many people are counted, and no more: a list of hundreds of thousands costs what one of this many costs. */
export const mostCounted = 10_000

const the = expressionBuilder<{ a: { id: string; sought: string | null } }, 'a'>()

/** Any text as a pattern of itself, anywhere in what is sought in: % and _ are letters here. */
export const patternOf = (search: string): string => `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** Whoever is like it, as rows with the name `found`; one more than are counted says that there are more. */
const found = (context: Context, pattern: Expression<string>) =>
  db(context).with(
    (cte) => cte('found').materialized(),
    () => peopleLike(pattern, mostCounted + 1),
  )
const howMany = expressionBuilder<{ found: { id: string } }>()
  .selectFrom('found')
  .select((eb) => eb.fn.countAll<number>().as('n'))

/** The account `a` is like it, found by the index of pieces; nobody is, where they are more than are counted. */
export const isFound = (context: Context, pattern: Expression<string>): Where =>
  the(
    'a.id',
    'in',
    found(context, pattern)
      .selectFrom('found')
      .select('found.id')
      .where(howMany.$asScalar(), '<=', sql.lit(mostCounted)),
  )

/** The account `a` is like it: where so many are that an order by another index meets them soon. */
export const isLike = (pattern: Expression<string>): Where => the('a.sought', 'like', pattern)

/** Whether more people are like it than are counted. */
export async function areMany(context: Context, pattern: string): Promise<boolean> {
  const { n } = await found(context, the.val(pattern))
    .selectFrom('found')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n > mostCounted
}
