import { expressionBuilder, sql, type AliasableExpression, type Expression } from 'kysely'
import { jsonBuildObject } from 'kysely/helpers/postgres'
import { idOf } from '../../platform/db/ids.ts'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { isOwnPeople } from '../accounts/index.ts'
import type { Factor, FactorFacts } from './factor.ts'
import { factorsOf, type Installation } from './installed.ts'

const { case: when, fn } = expressionBuilder<object>()

/** The names of those factors for which a condition holds, as an array: what is null `concat_ws` leaves out. */
function named(each: (readonly [Factor, Expression<boolean>])[]): Expression<string[]> {
  const names = each.map(([{ name }, holds]) => when().when(sql.lit(true), '=', holds).then(sql.lit(name)).end())
  return fn<string[]>('string_to_array', [fn('concat_ws', [sql.lit(','), ...names]), sql.lit(',')])
}

/**
 * What an account has of the factors there are: a fragment for a statement that knows the account's id.
 * @param hadAt only what was there by then
 */
export function factorFacts(
  at: Installation,
  account: Expression<string>,
  hadAt?: Date,
): AliasableExpression<FactorFacts> {
  const strongest = factorsOf(at).all.toSorted((a, b) => b.strength - a.strength)
  const own = strongest.flatMap((factor) => (factor.enrolments ? [{ factor, rows: factor.enrolments }] : []))
  const has = own.map(({ factor, rows }) => [factor, rows.exist(account, hadAt)] as const)
  const spent = own.flatMap(({ factor, rows }) => {
    const used = rows.spent(account)
    return used ? [[factor, used] as const] : []
  })
  // Of an account nobody has the first is null: whoever asks for one says so.
  const ownPeople = isOwnPeople(account) as Expression<boolean>
  return jsonBuildObject({ ownPeople, has: named(has), spent: named(spent) })
}

const db = tables()

/** Which of their factors of now somebody has, or had by a moment; null for an account nobody has. */
export async function factorFactsOf(context: Context, accountId: string, hadAt?: Date): Promise<FactorFacts | null> {
  const { facts } = await db(context)
    .selectNoFrom(factorFacts(context, idOf(accountId), hadAt).as('facts'))
    .executeTakeFirstOrThrow()
  return facts.ownPeople === null ? null : facts
}
