import type { ClientBase } from 'pg'
import { rowsOn, tables, type Bound } from '../db/tables.ts'
import { InstallationKey, MasterKey } from './key-entities.ts'

const db = tables(MasterKey, InstallationKey)

/** A key of the installation's own, wrapped with a master key. */
export interface KeptKey {
  name: string
  wrapped: string
}

/** All of them. */
export const keptKeys = (at: Bound): Promise<KeptKey[]> =>
  db(at).selectFrom('installation_key').select(['name', 'wrapped']).orderBy('name').execute()

/** Keeps this key, unless there is one of this name already. @returns the one that is kept, wrapped */
export async function saveKey(at: Bound, name: string, wrapped: string): Promise<string> {
  await db(at)
    .insertInto('installation_key')
    .values({ name, wrapped })
    .onConflict((on) => on.column('name').doNothing())
    .execute()
  const kept = db(at).selectFrom('installation_key').select('wrapped').where('name', '=', name)
  return (await kept.executeTakeFirstOrThrow()).wrapped
}

/** The same key, wrapped otherwise. @returns whether it was this one: somebody else may have done it meanwhile */
export async function rewrapKept(at: Bound, { name, wrapped }: KeptKey, now: string): Promise<boolean> {
  const row = await db(at)
    .updateTable('installation_key')
    .set({ wrapped: now })
    .where('name', '=', name)
    .where('wrapped', '=', wrapped)
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}

/** By what each master key this database was ever used with is known again, the oldest first. */
export const knownMasterKeys = (at: Bound): Promise<{ id: string; fingerprint: string }[]> =>
  db(at).selectFrom('master_key').select(['id', 'fingerprint']).orderBy('first_used_at').orderBy('id').execute()

/** Notes that this database is used with these master keys. */
export const noteMasterKeys = (at: Bound, keys: { id: string; fingerprint: string }[], now: Date): Promise<unknown> =>
  db(at)
    .insertInto('master_key')
    .values(keys.map((key) => ({ ...key, first_used_at: now })))
    .onConflict((on) => on.column('id').doNothing())
    .execute()

/** The keys of the installation's own, and what is known of master keys, on a connection of somebody's own. */
export const keptKeysOn = (client: ClientBase): Promise<KeptKey[]> =>
  rowsOn(client, db.fragment.selectFrom('installation_key').select(['name', 'wrapped']))
export const knownMasterKeysOn = (client: ClientBase): Promise<{ id: string; fingerprint: string }[]> =>
  rowsOn(client, db.fragment.selectFrom('master_key').select(['id', 'fingerprint']))
