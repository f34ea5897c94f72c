import type { Updateable } from 'kysely'
import { tables, type Bound, type TablesOf } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { Account } from './account.ts'
import type { Language } from '../../platform/i18n/texts.ts'

const db = tables(Account)

/** A change of one account, by its id. */
const updateAccount = (context: Bound, id: string, values: Updateable<TablesOf<typeof db>['account']>) =>
  db(context).updateTable('account').set(values).where('id', '=', id)

/** Closes an account; it is opened again by `unblockAccount`. */
export async function blockAccount(context: Context, id: string): Promise<void> {
  await updateAccount(context, id, { blocked_at: context.at }).execute()
}

export async function unblockAccount(context: Context, id: string): Promise<void> {
  await updateAccount(context, id, { blocked_at: null }).execute()
}

/** Closes the account of somebody whose invitation was withdrawn: nothing goes to them by itself any more. */
export async function withdrawAccount(context: Context, id: string): Promise<void> {
  await updateAccount(context, id, { blocked_at: context.at, invite_after: null }).execute()
}

/** When an invitation goes out by itself; null: not, or it went. */
export async function inviteLater(context: Context, id: string, after: Date | null): Promise<void> {
  const update = updateAccount(context, id, { invite_after: after })
  await (after === null ? update.where('invite_after', 'is not', null) : update).execute()
}

/** The account is in use from here on. @returns false when it was already */
export async function activateAccount(context: Context, id: string): Promise<boolean> {
  const row = await updateAccount(context, id, { activated_at: context.at })
    .where('activated_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** They are in: the moment before this one is when they were here before. */
export async function signedIn(context: Context, id: string): Promise<void> {
  await updateAccount(context, id, { last_sign_in_at: context.at })
    .set((eb) => ({ previous_sign_in_at: eb.ref('last_sign_in_at') }))
    .execute()
}

/** From here on they work for this organisation of the firm's clients. */
export async function joinOrganisation(context: Context, id: string, organisationId: string): Promise<void> {
  await updateAccount(context, id, { organisation_id: organisationId }).execute()
}

export async function changeName(context: Context, id: string, name: string): Promise<void> {
  await updateAccount(context, id, { name }).execute()
}

export async function changeLanguage(context: Context, id: string, language: Language): Promise<void> {
  await updateAccount(context, id, { language }).execute()
}

/** An address as it was written and as it is compared. */
interface Address {
  address: string
  lookup: string
}

/**
 * Another address, to which mail does not come back as far as is known.
 * @throws what PostgreSQL says (23505) when it is somebody else's
 */
export async function changeEmail(context: Context, id: string, { address, lookup }: Address): Promise<void> {
  await updateAccount(context, id, { email: address, email_lookup: lookup, mail_failed_at: null }).execute()
}

/**
 * An address that was theirs becomes theirs again.
 * @returns false when it is somebody else's by now: nothing changed
 */
export async function restoreEmail(context: Context, id: string, { address, lookup }: Address): Promise<boolean> {
  const row = await updateAccount(context, id, { email: address, email_lookup: lookup })
    .set((eb) => ({ mail_failed_at: eb.case().when('email_lookup', '=', lookup).then(eb.ref('mail_failed_at')).end() }))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('account as other').select('id').where('email_lookup', '=', lookup).where('id', '<>', id))),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** A password of their own, judged by this version of the firm's choices. */
export async function changePassword(context: Context, id: string, hash: string, version: number): Promise<void> {
  await updateAccount(context, id, {
    password_hash: hash,
    password_set_at: context.at,
    password_version: version,
  }).execute()
}

/** The present password is worth nothing any more. */
export async function removePassword(context: Context, id: string): Promise<void> {
  await updateAccount(context, id, { password_hash: null }).execute()
}

/** The same password with a fresh hash, unless it is another one by now. */
export async function rehashPassword(
  context: Context,
  { id, passwordHash }: Pick<Account, 'id' | 'passwordHash'>,
  fresh: string,
): Promise<void> {
  await updateAccount(context, id, { password_hash: fresh }).where('password_hash', '=', passwordHash!).execute()
}

/** The password was seen to be good enough by this version of the firm's choices, unless it is another one by now. */
export async function notePasswordVersion(
  context: Context,
  { id, passwordHash }: Pick<Account, 'id' | 'passwordHash'>,
  version: number,
): Promise<void> {
  await updateAccount(context, id, { password_version: version }).where('password_hash', '=', passwordHash!).execute()
}

/** They are told by mail that the firm asks more. @returns false when they were told since this moment already */
export async function noteTold(context: Context, id: string, since: Date): Promise<boolean> {
  const row = await updateAccount(context, id, { told_at: context.at })
    .where((eb) => eb.or([eb('told_at', 'is', null), eb('told_at', '<', since)]))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Mail to this address comes back, since this moment unless it did before.
 * @returns false when they have another address by now
 */
export async function noteMailFailed(context: Bound, id: string, email: string, at: Date): Promise<boolean> {
  const row = await db(context)
    .updateTable('account')
    .set((eb) => ({ mail_failed_at: eb.fn.coalesce('mail_failed_at', eb.val(at)) }))
    .where('id', '=', id)
    .where('email', '=', email)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Mail to this address is taken. */
export async function forgetMailFailed(context: Bound, id: string, email: string): Promise<void> {
  await updateAccount(context, id, { mail_failed_at: null })
    .where('email', '=', email)
    .where('mail_failed_at', 'is not', null)
    .execute()
}
