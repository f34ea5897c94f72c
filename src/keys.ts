/** Which master keys the data hangs on, and whether they are the right ones: looked at before anything is opened with them. */
import { createHmac, hkdfSync } from 'node:crypto'
import type { MikroORM } from '@mikro-orm/postgresql'
import { toDate } from './platform/clock.ts'
import { ConfigError, type Config } from './platform/config/config.ts'
import { freshEm } from './platform/db/database.ts'
import { pepperPurpose } from './platform/crypto/password-hash.ts'
import { createKeyRing, keyIdOf, newDataKey, Unreadable, type KeyRing } from './platform/crypto/encryption.ts'
import type { Services } from './tenancy/services.ts'
import { saveKey, keptKeys, noteMasterKeys, rewrapKept } from './platform/crypto/key-store.ts'
import { dataKeys, hasTenants, rewrapDataKey } from './tenancy/tenant-store.ts'
import { keyUses, pepperOf, stored, useWords, type KeyUse } from './key-uses.ts'

const limitsKey = 'limits'

/** What cannot be read without this key. */
const needed = ({ firms, own, hashes, pepperKept }: KeyUse): boolean => firms + own > 0 || (hashes > 0 && !pepperKept)

/** Where there is no key at all: a new one only for a database that holds nothing yet. */
async function given(config: Config, orm: MikroORM): Promise<string> {
  const first = config.masterKey()
  if (first !== null) return first
  // First the database, then the file once more: whoever makes a key does so before anything hangs on it.
  const uses = await keyUses(orm)
  const key = config.masterKey()
  if (key !== null) return key
  if (!uses.length) return config.makeMasterKey()
  const missing = uses
    .filter(needed)
    .map(({ id }) => `"${id}"`)
    .join(', ')
  throw new ConfigError(
    `MASTER_KEY: this database is sealed with master key ${missing}, which is not here. Put it back in ${config.masterKeyPlace}, or set MASTER_KEY. A new key would open nothing, so none was made.`,
  )
}

const lost = (use: KeyUse): string =>
  `- "${use.id}" is missing: ${useWords(use)} hang on it. Add it behind the current one; "npm run portal -- keys" tells when it may go.`
const other = (id: string): string =>
  `- "${id}" is another key than the one this database knows by that name. Put the right one back.`

/** @throws ConfigError that names every key that is missing or is not the one it should be */
async function compare(orm: MikroORM, ring: KeyRing, place: string): Promise<void> {
  const { firms, own, known } = await stored(orm)
  const fits = ({ wrapped }: { wrapped: string }) => {
    try {
      return Boolean(ring.unwrap(wrapped))
    } catch (error) {
      if (error instanceof Unreadable) return false
      throw error
    }
  }
  const wrong = ring.ids.filter(
    (id) =>
      known.some((each) => each.id === id && each.fingerprint !== ring.fingerprint(id)) ||
      [...firms, ...own].some((each) => keyIdOf(each.wrapped) === id && !fits(each)),
  )
  // Every key that ever worked here is known: while all of those are here nothing hangs on another, and nobody need count.
  const complete = known.length > 0 && known.every(({ id }) => ring.ids.includes(id))
  const missing = complete ? [] : (await keyUses(orm)).filter((use) => !ring.ids.includes(use.id) && needed(use))
  const lines = [...wrong.map(other), ...missing.map(lost)]
  if (lines.length)
    throw new ConfigError([`MASTER_KEY does not fit this database (it was read from ${place}):`, ...lines].join('\n'))
}

/** The key of the limits' digests: its own, so that a new master key forgives nobody. Before it was kept it came from MASTER_KEY as it stood. */
async function saveLimitsKey(orm: MikroORM, ring: KeyRing, masterKey: string): Promise<Buffer> {
  const at = { em: freshEm(orm) }
  const before = await hasTenants(at)
  const key = before ? Buffer.from(hkdfSync('sha256', masterKey, '', 'voorportaal limits', 32)) : newDataKey()
  return ring.unwrap(await saveKey(at, limitsKey, ring.wrap(key)))
}

/** The keys of this installation, seen to be the right ones. */
export interface Keys {
  ring: KeyRing
  keyedDigest: Services['keyedDigest']
}

/**
 * Reads the master keys and compares them with what the database knows of them, before anything is opened.
 * In development one is made, where the database holds nothing yet.
 * @throws ConfigError naming the variable or file, and the id of every key that is missing or wrong
 */
export async function openKeys({
  config,
  orm,
  now,
}: {
  config: Config
  orm: MikroORM
  now: Temporal.Instant
}): Promise<Keys> {
  const masterKey = await given(config, orm)
  const ring = createKeyRing(masterKey)
  await compare(orm, ring, config.masterKeyPlace)
  const used = ring.ids.map((id) => ({ id, fingerprint: ring.fingerprint(id) }))
  await noteMasterKeys({ em: freshEm(orm) }, used, toDate(now))
  const key = await saveLimitsKey(orm, ring, masterKey)
  const peppers = new Map((await stored(orm)).own.map(({ name, wrapped }) => [name, wrapped]))
  const kept = (id: string) => {
    const wrapped = peppers.get(pepperOf(id))
    return wrapped ? ring.unwrap(wrapped) : null
  }
  return {
    ring: {
      ...ring,
      derive: (purpose, id) => ring.derive(purpose, id) ?? (purpose === pepperPurpose ? kept(id) : null),
    },
    keyedDigest: (purpose, value) => createHmac('sha256', key).update(`${purpose}\0${value}`).digest('hex'),
  }
}

/**
 * Wraps everything with the current key, and keeps the pepper of every other key in the ring on which hashes hang: a
 * hash cannot be given another pepper without its password. After this only the current key is needed.
 * @returns how many keys were wrapped anew, and of which keys the pepper was kept
 */
export async function rewrapAll(orm: MikroORM, ring: KeyRing): Promise<{ wrapped: number; peppers: string[] }> {
  const at = { em: freshEm(orm) }
  const stale = <T extends { wrapped: string }>(rows: T[]) => rows.filter(({ wrapped }) => ring.isStale(wrapped))
  const again = ({ wrapped }: { wrapped: string }) => ring.wrap(ring.unwrap(wrapped))
  let wrapped = 0
  for (const row of stale(await dataKeys(at))) if (await rewrapDataKey(at, row.id, row.wrapped, again(row))) wrapped++
  for (const row of stale(await keptKeys(at))) if (await rewrapKept(at, row, again(row))) wrapped++
  const peppers: string[] = []
  for (const { id } of (await keyUses(orm)).filter(
    (use) => use.hashes > 0 && use.id !== ring.current && !use.pepperKept,
  )) {
    const pepper = ring.derive(pepperPurpose, id)
    if (!pepper) continue
    await saveKey(at, pepperOf(id), ring.wrap(pepper))
    peppers.push(id)
  }
  return { wrapped, peppers }
}
