import type { Insertable } from 'kysely'
import { keptStatement } from '../../platform/db/kept.ts'
import { tables, type Bound, type TablesOf } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { Account } from './account.ts'

const db = tables(Account)
type Row = TablesOf<typeof db>['account']

/** An account as a row, by the names of the entity. */
const columns = [
  'tenant_id as tenantId',
  'id',
  'kind',
  'name',
  'email',
  'email_lookup as emailLookup',
  'username',
  'username_lookup as usernameLookup',
  'role',
  'organisation_id as organisationId',
  'birth_date as birthDate',
  'language',
  'password_hash as passwordHash',
  'password_set_at as passwordSetAt',
  'password_version as passwordVersion',
  'created_at as createdAt',
  'activated_at as activatedAt',
  'blocked_at as blockedAt',
  'last_sign_in_at as lastSignInAt',
  'previous_sign_in_at as previousSignInAt',
  'told_at as toldAt',
  'mail_failed_at as mailFailedAt',
  'invite_after as inviteAfter',
  'known_elsewhere as knownElsewhere',
  'invitation',
  'invitation_ends_at as invitationEndsAt',
] as const

/**
 * How an account is locked. `update`: nothing that hangs on it is written by others meanwhile; `no key update`: whoever
 * locks it waits, while rows that only refer to it are still written.
 */
export type LockStrength = 'update' | 'no key update'

/**
 * Locks an account for the rest of the transaction, before anything else of it is locked or looked at again: whatever is
 * done for the same person waits its turn. @returns whether there is one
 */
export async function lockAccount(context: Bound, id: string, strength: LockStrength = 'update'): Promise<boolean> {
  const query = db(context).selectFrom('account').select('id').where('id', '=', id)
  const row = await (strength === 'update' ? query.forUpdate() : query.forNoKeyUpdate()).executeTakeFirst()
  return row !== undefined
}

/** The same, with the account as it is from here on; null for one that nobody has. */
export async function lockedAccount(
  context: Bound,
  id: string,
  strength: LockStrength = 'update',
): Promise<Account | null> {
  const query = db(context).selectFrom('account').select(columns).where('id', '=', id)
  return (await (strength === 'update' ? query.forUpdate() : query.forNoKeyUpdate()).executeTakeFirst()) ?? null
}

const byId = keptStatement<{ id: string }>('id')

/** An account of this firm, or null; another firm's account is as unknown as one that never was. */
export async function findAccount(context: Bound, id: string): Promise<Account | null> {
  const [row] = await byId(context, {
    of: Account,
    values: { id },
    build: (values) => db(context).selectFrom('account').select(columns).where('id', '=', values.id),
  })
  return row ?? null
}

/** The same, of who is known to have one. @throws Error where there is none */
export async function accountOf(context: Bound, id: string): Promise<Account> {
  const account = await findAccount(context, id)
  if (!account) throw new Error('an account that something refers to is not there')
  return account
}

/** By one of the two things an account is known by, as they are compared. */
export async function findAccountBy(
  context: Bound,
  column: 'email_lookup' | 'username_lookup',
  value: string,
): Promise<Account | null> {
  const row = await db(context).selectFrom('account').select(columns).where(column, '=', value).executeTakeFirst()
  return row ?? null
}

/** Whether an e-mail address or user name, as it is compared, is that of somebody (else). */
export async function isTaken(
  context: Bound,
  column: 'email_lookup' | 'username_lookup',
  value: string,
  exceptId: string | null = null,
): Promise<boolean> {
  const row = await db(context)
    .selectFrom('account')
    .select('id')
    .where(column, '=', value)
    .$if(exceptId !== null, (query) => query.where('id', '<>', exceptId!))
    .executeTakeFirst()
  return row !== undefined
}

/** The user names of this firm that begin so, as they are compared. */
export async function usernamesFrom(context: Bound, start: string): Promise<string[]> {
  const rows = await db(context)
    .selectFrom('account')
    .select('username_lookup')
    .where((eb) => eb.fn<boolean>('starts_with', ['username_lookup', eb.val(start)]))
    .execute()
  return rows.map((row) => row.username_lookup!)
}

/** Whom a mail about an account goes to. */
export const recipientOf = (context: Bound, id: string) =>
  db(context).selectFrom('account').select(['id', 'name', 'email', 'language']).where('id', '=', id).executeTakeFirst()

/** Whether this hash is still the one of their password: nobody chose another since it was read. */
export async function isPasswordStill(context: Bound, id: string, hash: string | null): Promise<boolean> {
  const row = await db(context)
    .selectFrom('account')
    .select('id')
    .where('id', '=', id)
    .where('password_hash', '=', hash)
    .executeTakeFirst()
  return row !== undefined
}

/** The hash of somebody's password; null for who has none, is blocked, or is nobody. */
export async function passwordHash(context: Bound, id: string): Promise<string | null> {
  const row = await db(context)
    .selectFrom('account')
    .select('password_hash')
    .where('id', '=', id)
    .where('blocked_at', 'is', null)
    .executeTakeFirst()
  return row?.password_hash ?? null
}

/** What is said of somebody who is brought in or invited. */
export type NewAccount = Omit<Insertable<Row>, 'tenant_id' | 'created_at'>

/**
 * Makes an account.
 * @returns it as it is kept.
 * @throws what PostgreSQL says (23505) where address or user name is somebody's
 */
export const insertAccount = (context: Context, account: NewAccount, createdAt = context.at): Promise<Account> =>
  db(context)
    .insertInto('account')
    .values({ ...account, tenant_id: context.tenant.id, created_at: createdAt })
    .returning(columns)
    .executeTakeFirstOrThrow()

/** Says anew who somebody is, whose invitation is not accepted yet. @returns the account as it is kept */
export const inviteAnew = (context: Context, id: string, said: Omit<NewAccount, 'id' | 'kind'>): Promise<Account> =>
  db(context).updateTable('account').set(said).where('id', '=', id).returning(columns).executeTakeFirstOrThrow()
