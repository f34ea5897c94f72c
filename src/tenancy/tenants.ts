import { join } from 'node:path'
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql'
import { LRUCache } from 'lru-cache'
import { freshEm } from '../platform/db/database.ts'
import { createVault, type KeyRing, type Vault } from '../platform/crypto/encryption.ts'
import type { Log } from '../platform/log/log.ts'
import { Directory, type KnownTenant } from './directory.ts'
import { hasFirm } from './firm-files.ts'
import type { Policy, PolicyReader } from './policy.ts'
import { dataKeyOf, publishedSince, rewrapDataKey, versionsOf, type PublishedTenant } from './tenant-store.ts'

/** Firms that stay loaded; who was asked for longest ago makes room. Some 200 kB each, with their pictures. */
const mostLoaded = 500

/** A firm as requests meet it: its address, its choices, its key. */
export interface Tenant extends KnownTenant {
  /** Where its own views, texts and pictures stand. */
  folder: string
  policy: Policy
  /** Every version ever published: an onboarding goes on with the one it started on. */
  versions: Map<number, Policy>
  /** When each was published. */
  published: Map<number, Date>
  vault: Vault
}

/** The firms of this installation. What is known of all of them is little; the rest is loaded when first asked for. */
export interface Tenants {
  /** Every firm that is served here, by its name. */
  readonly known: readonly KnownTenant[]
  knownById(id: string): KnownTenant | null
  knownBySlug(slug: string): KnownTenant | null
  byHost(host: string): Promise<Tenant | null>
  bySlug(slug: string): Promise<Tenant | null>
  byId(id: string): Promise<Tenant | null>
  /** Takes over what was published since the last look: one small statement, however many firms there are. */
  refresh(): Promise<void>
  /**
   * How many are served, how many of those are loaded, and how many have files that are wrong, and so stay as they
   * were.
   */
  count(): { served: number; loaded: number; wrong: number }
}

interface Parts {
  orm: MikroORM
  reader: PolicyReader
  ring: KeyRing
  log: Log
  baseUrl: URL
  /** The folder of firms. */
  directory: string
  /** Firms that were published, and those of them whose files are wrong by now. */
  published: PublishedTenant[]
  wrong: string[]
  /** How many stay loaded; a test has fewer. */
  most?: number
}

/** Hands out the firms that have a folder here, loading each when it is first asked for. */
export function openTenants(parts: Parts): Tenants {
  const firms = new Directory(parts.baseUrl)
  const wrong = new Set(parts.wrong)
  const loaded = new LRUCache<string, Tenant, KnownTenant>({
    max: parts.most ?? mostLoaded,
    fetchMethod: (_key, _stale, { context }) => loadTenant(context, parts),
  })
  // A publication is another key: whoever still holds what was before goes on with it.
  async function load(known: KnownTenant | null): Promise<Tenant | null> {
    if (!known) return null
    const key = `${known.id} ${known.revision}`
    return loaded.get(key) ?? (await loaded.fetch(key, { context: known })) ?? null
  }
  let seen = 0
  function take(rows: PublishedTenant[]): void {
    const gone: string[] = []
    for (const row of rows) {
      if (hasFirm(parts.directory, row.slug)) firms.put(row)
      else {
        firms.remove(row.slug)
        gone.push(row.slug)
      }
    }
    if (gone.length) parts.log.error({ alert: 'firm-folder', firms: gone.slice(0, 20), n: gone.length }, noFolder)
    seen = Math.max(seen, ...rows.map(({ revision }) => revision))
  }
  take(parts.published)
  async function look(): Promise<void> {
    const rows = await publishedSince({ em: freshEm(parts.orm) }, seen)
    if (!rows.length) return
    for (const { slug } of rows) wrong.delete(slug)
    take(rows)
    parts.log.info({ firms: rows.map(({ slug }) => slug).slice(0, 20), n: rows.length }, 'firms were published')
  }
  // One after the other: two at once would take over the same twice.
  let last = Promise.resolve()
  return {
    get known() {
      return firms.all
    },
    knownById: (id) => firms.byId(id),
    knownBySlug: (slug) => firms.bySlug(slug),
    byHost: (host) => load(firms.byHost(host)),
    bySlug: (slug) => load(firms.bySlug(slug)),
    byId: (id) => load(firms.byId(id)),
    refresh: () => (last = last.catch(() => undefined).then(look)),
    count: () => ({ served: firms.size, loaded: loaded.size, wrong: wrong.size }),
  }
}

const noFolder = 'firms have no folder here any more: their addresses answer 421, and their data stays'

async function loadTenant(known: KnownTenant, { orm, reader, ring, directory }: Parts): Promise<Tenant> {
  const at = { em: emOf(orm, known.id) }
  const [wrapped, rows] = await Promise.all([dataKeyOf(at, known.id), versionsOf(at, known.id)])
  const dataKey = ring.unwrap(wrapped)
  if (ring.isStale(wrapped)) await rewrapDataKey({ em: freshEm(orm) }, known.id, wrapped, ring.wrap(dataKey))
  const newest = rows.at(-1)
  if (!newest) throw new Error(`${known.slug} was never published`)
  const policy = reader.newest(newest.policy)
  const versions = new Map(rows.map((each) => [each.version, reader.published(each.policy, policy)]))
  return {
    ...known,
    name: policy.name,
    folder: join(directory, known.slug),
    policy,
    version: newest.version,
    versions: versions.set(newest.version, policy),
    published: new Map(rows.map((each) => [each.version, each.published_at])),
    vault: createVault({ dataKey }),
  }
}

/** An entity manager that sees one firm only. One per request, never used again. */
export function emOf(orm: MikroORM, tenantId: string): EntityManager {
  return freshEm(orm, { variables: { 'app.tenant': tenantId }, role: 'portal_app' })
}
