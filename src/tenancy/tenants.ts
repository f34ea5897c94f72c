import type { EntityManager, MikroORM } from '@mikro-orm/postgresql'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { freshEm } from '../platform/db/database.ts'
import { createVault, digest, newDataKey, type KeyRing, type Vault } from '../platform/crypto/encryption.ts'
import type { Policy, PolicyReader } from './policy.ts'
import { lookIssues } from './look.ts'
import { PolicyVersion, TenantRow } from './tenant.ts'
import { noticeWork } from './work-due.ts'

/** A firm as requests meet it: its address, its choices, its key. */
export interface Tenant {
  id: string
  slug: string
  /** The hosts it answers at; the first is the one in mails. */
  hosts: string[]
  /** Origin for links in mails, from the configuration, never from a request. */
  origin: string
  /** Where its own views, texts and pictures stand. */
  folder: string
  version: number
  policy: Policy
  /** Every version ever published: an onboarding goes on with the one it started on. */
  versions: Map<number, Policy>
  /** When each was published. */
  published: Map<number, Date>
  vault: Vault
}

export interface Tenants {
  all: Tenant[]
  byHost(host: string): Tenant | null
  bySlug(slug: string): Tenant | null
  byId(id: string): Tenant | null
}

/** What a firm's file says, read before anything is touched. */
interface Wish {
  slug: string
  folder: string
  policy: Policy
}

/**
 * Reads every `tenants/<slug>/tenant.json`.
 * @param policy how choices are read, as the modules say
 * @throws Error with all mistakes of all files, a line each: file, path, reason
 */
export function readTenants(directory: string, policy: PolicyReader): Wish[] {
  const wrong: string[] = []
  const wishes = slugs(directory).flatMap((slug) => {
    const file = join(directory, slug, 'tenant.json')
    const say = (path: string, reason: string) => void wrong.push(`${file}: ${path}: ${reason}`)
    const read = policy.parse(parse(file, say))
    if (!read.ok) for (const { path, reason } of read.issues) say(path, reason)
    else for (const { path, reason } of lookIssues(read.policy.look, join(directory, slug, 'static'))) say(path, reason)
    return read.ok ? [{ slug, folder: join(directory, slug), policy: read.policy }] : []
  })
  if (wrong.length)
    throw new Error(`A firm's choices need changing before the portal can start:\n  ${wrong.join('\n  ')}`)
  if (!wishes.length) throw new Error(`No firm found: ${directory} has no folder with a tenant.json`)
  return wishes
}

function slugs(directory: string): string[] {
  const found = readdirSync(directory, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && existsSync(join(directory, entry.name, 'tenant.json')),
  )
  const odd = found.find((entry) => !/^[a-z][a-z0-9-]{1,30}$/.test(entry.name))
  if (odd)
    throw new Error(
      `${join(directory, odd.name)}: the folder's name becomes part of an address; use lower case letters, digits and dashes`,
    )
  return found.map((entry) => entry.name).sort()
}

function parse(file: string, say: (path: string, reason: string) => void): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    say('(the whole file)', `is not JSON: ${(error as Error).message}`)
    return undefined
  }
}

/**
 * Brings the firms of the files into the database and hands them out by host.
 * A firm that is new gets a key of its own; choices that changed become a new numbered version.
 * @param baseUrl the installation's address; a firm lives at its slug in front of that host
 */
export async function openTenants(options: {
  orm: MikroORM
  wishes: Wish[]
  reader: PolicyReader
  ring: KeyRing
  baseUrl: URL
  now: Temporal.Instant
  /** What happens by itself at a firm, by name: it looks again at a firm whose choices changed. */
  jobs: string[]
}): Promise<Tenants> {
  const all: Tenant[] = []
  for (const wish of options.wishes) all.push(await openTenant(wish, options))
  const hosts = new Map(all.flatMap((tenant) => tenant.hosts.map((host) => [host, tenant] as const)))
  const byId = new Map(all.map((tenant) => [tenant.id, tenant]))
  return {
    all,
    byHost: (host) => hosts.get(host.toLowerCase()) ?? null,
    byId: (id) => byId.get(id) ?? null,
    bySlug: (slug) => all.find((tenant) => tenant.slug === slug) ?? null,
  }
}

async function openTenant(
  { slug, folder, policy }: Wish,
  { orm, reader, ring, baseUrl, now, jobs }: Parameters<typeof openTenants>[0],
): Promise<Tenant> {
  const at = new Date(now.epochMilliseconds)
  const row = await found(orm, slug, ring, at)
  const em = emOf(orm, row.id)
  const rows = await em.transactional((own) => publish(own, { tenantId: row.id, policy, at, jobs }))
  const versions = new Map(rows.map((each) => [each.version, reader.published(each.policy, policy)]))
  const host = `${slug}.${baseUrl.host}`
  const hosts = policy.domain ? [policy.domain, host] : [host]
  return {
    id: row.id,
    slug,
    folder,
    policy,
    versions,
    hosts,
    published: new Map(rows.map((each) => [each.version, each.publishedAt])),
    version: Math.max(...versions.keys()),
    origin: `${baseUrl.protocol}//${hosts[0]}`,
    vault: createVault({ dataKey: ring.unwrap(row.dataKey) }),
  }
}

/** An entity manager that sees one firm only. One per request, never used again. */
export function emOf(orm: MikroORM, tenantId: string): EntityManager {
  return freshEm(orm, { variables: { 'app.tenant': tenantId }, role: 'portal_app' })
}

async function found(orm: MikroORM, slug: string, ring: KeyRing, at: Date): Promise<TenantRow> {
  const em = freshEm(orm)
  await em.execute(
    'insert into tenant (id, slug, data_key, created_at) values (?, ?, ?, ?) on conflict (slug) do nothing',
    [crypto.randomUUID(), slug, ring.wrap(newDataKey()), at],
  )
  const row = await em.findOneOrFail(TenantRow, { slug })
  if (ring.isStale(row.dataKey)) {
    row.dataKey = ring.wrap(ring.unwrap(row.dataKey))
    await em.flush()
  }
  return row
}

async function publish(
  em: EntityManager,
  { tenantId, policy, at, jobs }: { tenantId: string; policy: Policy; at: Date; jobs: string[] },
): Promise<PolicyVersion[]> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 2))', [tenantId])
  const published = await em.find(PolicyVersion, {}, { orderBy: { version: 'asc' } })
  const written = JSON.stringify(policy)
  const last = published.at(-1)
  // The same choices in another order, as when a module says them now, are no other version.
  if (!last || !isDeepStrictEqual(last.policy, JSON.parse(written))) {
    await noticeWork(em, tenantId, jobs, at)
    published.push(
      em.create(PolicyVersion, {
        tenantId,
        version: (last?.version ?? 0) + 1,
        sha256: digest(written),
        policy: JSON.parse(written) as Policy,
        publishedAt: at,
      }),
    )
  }
  return published
}
