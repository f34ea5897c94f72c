import { expressionBuilder, sql, type AliasableExpression, type SqlBool } from 'kysely'
import { anyOf } from '../../platform/db/lists.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Permission, Reach } from '../../tenancy/permission.ts'

type Asking = Pick<Context, 'person' | 'policy'>

/** Over which objects this person has it; null: they do not have it. */
function reachOf({ person, policy }: Asking, { holders, grantedAs }: Permission): Reach | null {
  const holding = person && holders[person.kind]
  if (!holding) return null
  const has = policy.roles.some(({ name, may }) => name === person.role && may.includes(grantedAs))
  return holding.granted && !has ? null : holding.reach(person)
}

/**
 * Whether this person may. The sibling of `visible`: both read the same row of the matrix.
 * @param object what it is done to or with; left out: whether they may at all
 */
export function allow(context: Asking, permission: Permission, object?: object): boolean {
  const reach = reachOf(context, permission)
  if (!reach || !object) return reach !== null
  return Object.entries(reach).every(([property, wanted]) =>
    [wanted].flat().includes((object as Record<string, string>)[property] ?? ''),
  )
}

const columnOf = (property: string) => property.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)

/**
 * The objects this person may see or do something with, as a condition for a list, a count, a search or an export.
 * @param table the name or alias the objects' table has in the statement
 */
export function visible(context: Asking, permission: Permission, table: string): AliasableExpression<SqlBool> {
  const eb = expressionBuilder()
  const reach = reachOf(context, permission)
  if (!reach) return eb.lit(false)
  return eb.and(
    Object.entries(reach).map(([property, wanted]) =>
      eb(sql.ref(`${table}.${columnOf(property)}`), '=', anyOf([wanted].flat())),
    ),
  )
}
