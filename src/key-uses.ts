/** What hangs on each master key there is or was. */
import type { MikroORM } from '@mikro-orm/postgresql'
import type { ClientBase } from 'pg'
import { freshEm } from './platform/db/database.ts'
import { keyIdOf } from './platform/crypto/encryption.ts'
import { keptKeys, keptKeysOn, knownMasterKeys, knownMasterKeysOn, type KeptKey } from './platform/crypto/key-store.ts'
import { dataKeysByMaster, firmsOn, tenantIds } from './tenancy/tenant-store.ts'
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

/** What is wrapped with master keys: of firms, how many by each and one of them. */
export interface Stored {
  firms: { id: string; firms: number; wrapped: string }[]
  own: KeptKey[]
  known: { id: string; fingerprint: string }[]
}

/** Under which name the pepper of a key is kept. */
export const pepperOf = (id: string) => `pepper:${id}`

/** What is wrapped with master keys, and which of them this database has known. */
export async function stored(orm: MikroORM): Promise<Stored> {
  const at = { em: freshEm(orm) }
  const [firms, own, known] = await Promise.all([dataKeysByMaster(at), keptKeys(at), knownMasterKeys(at)])
  return { firms, own, known }
}

/** What hangs on every master key there is or was, the oldest first. */
export async function keyUses(orm: MikroORM): Promise<KeyUse[]> {
  const { firms, own, known } = await stored(orm)
  const hashes: Awaited<ReturnType<typeof hashesByKey>> = []
  // One after the other: thousands of firms at once would wait for a connection for longer than anybody may.
  for (const { id } of await tenantIds({ em: freshEm(orm) })) hashes.push(...(await hashesByKey(emOf(orm, id))))
  const ids = new Set([
    ...known.map(({ id }) => id),
    ...firms.map(({ id }) => id),
    ...own.map(({ wrapped }) => keyIdOf(wrapped)),
    ...hashes.map(({ id }) => id),
  ])
  return [...ids].map((id) => ({
    id,
    firms: firms.find((each) => each.id === id)?.firms ?? 0,
    own: own.filter(({ wrapped }) => keyIdOf(wrapped) === id).length,
    hashes: hashes.filter((each) => each.id === id).reduce((sum, each) => sum + each.count, 0),
    pepperKept: own.some(({ name }) => name === pepperOf(id)),
  }))
}

/**
 * The master keys without which this database cannot be read, by a connection that sees all firms.
 * @returns of each also its fingerprint; null in a database of before they were kept
 */
export async function neededKeys(client: ClientBase): Promise<{ id: string; fingerprint: string | null }[]> {
  // A question to the catalogue; and the passwords' keys are a text of their owner's.
  const { rows: catalogue } = await client.query<{ kept: boolean }>(
    `select to_regclass('public.master_key') is not null as kept`,
  )
  const hashes = await client.query<{ id: string }>(`select distinct id from (${hashKeysSelect}) used`)
  const kept = catalogue[0]?.kept ?? false
  const own = kept ? await keptKeysOn(client) : []
  const known = new Map((kept ? await knownMasterKeysOn(client) : []).map((each) => [each.id, each.fingerprint]))
  const ids = new Set([
    ...(await firmsOn(client)).map(({ data_key }) => keyIdOf(data_key)),
    ...own.map(({ wrapped }) => keyIdOf(wrapped)),
    ...hashes.rows.map(({ id }) => id).filter((id) => !own.some(({ name }) => name === pepperOf(id))),
  ])
  return [...ids].sort().map((id) => ({ id, fingerprint: known.get(id) ?? null }))
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
