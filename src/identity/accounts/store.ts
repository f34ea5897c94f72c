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

/** What an account is called, null where it is blocked: a piece for any statement that knows its id. */
export const nameUnlessBlocked = (id: Expression<string>): AliasableExpression<string | null> =>
  db.fragment
    .selectFrom('account')
    .select('account.name')
    .where('account.id', '=', id)
    .where('account.blocked_at', 'is', null)
    .$asScalar()

/** Whom a mail about an account goes to. */
export const recipientOf = (context: Context, id: string) =>
  db(context).selectFrom('account').select(['id', 'name', 'email', 'language']).where('id', '=', id).executeTakeFirst()

/** The hash of an account's password: a piece for any statement that knows its id. */
export const passwordHashOf = (id: Expression<string>): AliasableExpression<string | null> =>
  db.fragment.selectFrom('account').select('account.password_hash').where('account.id', '=', id).$asScalar()
/** When somebody was here before this time: a piece for any statement that knows the account's id. */
export const previousSignIn = (id: Expression<string>): AliasableExpression<Date | null> =>
  db.fragment.selectFrom('account').select('account.previous_sign_in_at').where('account.id', '=', id).$asScalar()

/** Since when mail to somebody comes back. */
export const mailFailedAt = (id: Expression<string>): AliasableExpression<Date | null> =>
  db.fragment.selectFrom('account').select('account.mail_failed_at').where('account.id', '=', id).$asScalar()

/** The hash of somebody's password; null for who has none, is blocked, or is nobody. */
export async function passwordHash(context: Context, id: string): Promise<string | null> {
  const row = await db(context)
    .selectFrom('account')
    .select('password_hash')
    .where('id', '=', id)
    .where('blocked_at', 'is', null)
    .executeTakeFirst()
  return row?.password_hash ?? null
}

/** They are in: the moment before this one is when they were here before. */
export async function signedIn(context: Context, id: string): Promise<void> {
  await db(context)
    .updateTable('account')
    .set((eb) => ({ previous_sign_in_at: eb.ref('last_sign_in_at'), last_sign_in_at: context.at }))
    .where('id', '=', id)
    .execute()
}
