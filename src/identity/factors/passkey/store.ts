import type { Insertable } from 'kysely'
import { tables, type TablesOf } from '../../../platform/db/tables.ts'
import type { Context } from '../../../tenancy/context.ts'
import { enrolments } from '../enrolments.ts'
import { Passkey } from './entity.ts'

const db = tables(Passkey)

export const passkeys = enrolments(db, 'passkey', { came: 'created_at', went: 'removed_at', called: 'name' })

/** What a browser is told of somebody's passkeys, the oldest first; with `hadAt` those that were there by then. */
export const credentialsOf = (context: Context, accountId: string, hadAt?: Date) =>
  db(context)
    .selectFrom('passkey')
    .select(['credential', 'transports'])
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .$if(hadAt !== undefined, (query) => query.where('created_at', '<=', hadAt as Date))
    .orderBy('created_at')
    .execute()

/** A passkey by its credential: somebody's, or with null anybody's of this firm; with `hadAt` one that was there by then. */
export const passkeyBy = (
  context: Context,
  credential: string,
  { accountId, hadAt }: { accountId: string | null; hadAt?: Date | undefined },
) =>
  db(context)
    .selectFrom('passkey')
    .select(['id', 'account_id', 'credential', 'public_key'])
    .where('credential', '=', credential)
    .where('removed_at', 'is', null)
    .$if(accountId !== null, (query) => query.where('account_id', '=', accountId as string))
    .$if(hadAt !== undefined, (query) => query.where('created_at', '<=', hadAt as Date))
    .executeTakeFirst()

/** Somebody's passkeys, the oldest first. */
export const passkeysOf = (context: Context, accountId: string) =>
  db(context)
    .selectFrom('passkey')
    .select(['id', 'name', 'synced', 'created_at', 'used_at'])
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

/** @returns whether it is new: a key that is there already is not taken again */
export async function insertPasskey(
  context: Context,
  row: Omit<Insertable<TablesOf<typeof db>['passkey']>, 'tenant_id' | 'id' | 'created_at'>,
): Promise<boolean> {
  const kept = await db(context)
    .insertInto('passkey')
    .values({ ...row, tenant_id: context.tenant.id, id: crypto.randomUUID(), created_at: context.at })
    .onConflict((on) => on.doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept !== undefined
}

/** Moves the counter on, and only on. Many passkeys count nothing and always say 0; one that ever counted must go on (WebAuthn Level 3 §6.1.1). */
export async function countUse(
  context: Context,
  id: string,
  { counter, synced }: { counter: number; synced: boolean },
): Promise<boolean> {
  const row = await db(context)
    .updateTable('passkey')
    .set({ counter, synced, used_at: context.at })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .where((eb) => eb.or([eb('counter', '<', counter), ...(counter === 0 ? [eb('counter', '=', 0)] : [])]))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
