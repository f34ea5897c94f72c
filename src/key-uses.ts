/** What hangs on each master key there is or was. */
import type { MikroORM } from '@mikro-orm/postgresql'
import type { ClientBase } from 'pg'
import { freshEm } from './platform/db/database.ts'
import { keyIdOf } from './platform/crypto/encryption.ts'
import { emOf } from './tenancy/tenants.ts'
import { hashesByKey, hashKeysSelect } from './identity/accounts/index.ts'

/** What hangs on one master key. */
export interface KeyUse {
  id: string
  /** Keys of firms' data, wrapped with it. */
  firms: number
  /** Keys of the installation's own, wrapped with it. */
  own: number
  /** Passwords and secret answers that carry its pepper. */
  hashes: number
  /** Its pepper is kept, wrapped with another key: what carries it can be checked without it. */
  pepperKept: boolean
}

export interface Wrapped {
  name: string
  wrapped: string
}
export interface Stored {
  firms: Wrapped[]
  own: Wrapped[]
  known: { id: string; fingerprint: string }[]
}

/** Under which name the pepper of a key is kept. */
export const pepperOf = (id: string) => `pepper:${id}`

/** What is wrapped with master keys, and which of them this database has known. */
export async function stored(orm: MikroORM): Promise<Stored> {
  const em = freshEm(orm)
  return {
    firms: await em.execute<Wrapped[]>('select id as name, data_key as wrapped from tenant order by id'),
    own: await em.execute<Wrapped[]>('select name, wrapped from installation_key order by name'),
    known: await em.execute<Stored['known']>('select id, fingerprint from master_key order by first_used_at, id'),
  }
}

/** What hangs on every master key there is or was, the oldest first. */
export async function keyUses(orm: MikroORM): Promise<KeyUse[]> {
  const { firms, own, known } = await stored(orm)
  const hashes: Awaited<ReturnType<typeof hashesByKey>> = []
  // One after the other: thousands of firms at once would wait for a connection for longer than anybody may.
  for (const { name } of firms) hashes.push(...(await hashesByKey(emOf(orm, name))))
  const ids = new Set([
    ...known.map(({ id }) => id),
    ...[...firms, ...own].map(({ wrapped }) => keyIdOf(wrapped)),
    ...hashes.map(({ id }) => id),
  ])
  const on = (wrapped: Wrapped[], id: string) => wrapped.filter((each) => keyIdOf(each.wrapped) === id).length
  return [...ids].map((id) => ({
    id,
    firms: on(firms, id),
    own: on(own, id),
    hashes: hashes.filter((each) => each.id === id).reduce((sum, each) => sum + each.count, 0),
    pepperKept: own.some(({ name }) => name === pepperOf(id)),
  }))
}

/**
 * The master keys without which this database cannot be read, by a connection that sees all firms.
 * @returns of each also its fingerprint; null in a database of before they were kept
 */
export async function neededKeys(client: ClientBase): Promise<{ id: string; fingerprint: string | null }[]> {
  const {
    rows: [{ kept }],
  } = await client.query(`select to_regclass('public.master_key') is not null as kept`)
  const firms = `select split_part(data_key, '.', 1) as id from tenant`
  if (!kept)
    return (
      await client.query(`select id, null as fingerprint from (${firms} union ${hashKeysSelect}) needed order by id`)
    ).rows
  return (
    await client.query(`select id, fingerprint from (${firms} union select split_part(wrapped, '.', 1) from installation_key
    union select id from (${hashKeysSelect}) hash where not exists (select from installation_key where name = '${pepperOf('')}' || id)) needed
    left join master_key using (id) order by id`)
  ).rows
}

/** What hangs on a key, as an operator reads it. */
export function useWords({ firms, own, hashes }: KeyUse): string {
  const count = (n: number, one: string, many: string) => (n ? [`${n} ${n === 1 ? one : many}`] : [])
  return (
    [
      ...count(firms, 'data key of a firm', 'data keys of firms'),
      ...count(own, 'key of the installation', 'keys of the installation'),
      ...count(hashes, 'password or secret answer', 'passwords and secret answers'),
    ].join(', ') || 'nothing'
  )
}
