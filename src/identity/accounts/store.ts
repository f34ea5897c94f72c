import type { AliasableExpression, Expression } from 'kysely'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { Account } from './account.ts'

const db = tables(Account)

/**
 * Locks an account for the rest of the transaction, before anything else of it is locked or looked at again: whatever is
 * done for the same person waits its turn. @returns whether there is one
 */
export async function lockAccount(context: Context, id: string): Promise<boolean> {
  const row = await db(context).selectFrom('account').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return row !== undefined
}

/** The language an account is spoken to in: a piece for any statement that knows its id. */
export const languageOf = (id: Expression<string>): AliasableExpression<'nl' | 'en' | null> =>
  db.fragment.selectFrom('account').select('account.language').where('account.id', '=', id).$asScalar()
