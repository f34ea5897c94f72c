import pg from 'pg'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inject } from 'vitest'
import { heldClock } from '../../src/platform/clock.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { createLog } from '../../src/platform/log/log.ts'
import type { Module } from '../../src/tenancy/manifest.ts'
import type { Tenant } from '../../src/tenancy/tenants.ts'
import { openPortal, type Portal } from '../../src/services.ts'
import { loadPeople } from '../../src/modules/development/index.ts'
import { watchHashing } from './hashing.ts'
import { watchLockOrder } from './lock-order.ts'
import { dropDatabase } from './database.ts'
import { start } from './start.ts'

/** A message as `/dev/outbox.json` gives it. */
export interface Message {
  id: string
  tenant: string
  kind: 'mail' | 'sms' | 'letter' | 'push'
  to: string
  subject: string
  text: string
  html: string
  at: string
}

/** The whole portal, listening, on a database of its own, with a clock that stands still. */
export interface TestPortal extends Pick<Portal, 'services'> {
  port: number
  /** The firms, loaded as they were when it was opened or started again. */
  readonly tenants: readonly Tenant[]
  /** One of them. */
  tenant(slug: string): Tenant
  /** The host a browser asks for: a firm's, or the installation's own. */
  host(slug?: string): string
  url(slug: string, at?: string): string
  forward(duration: string): void
  /** From now on it looks by itself for what waits and for what was published, as a process that serves. */
  attend(): void
  /** What a firm sent, to everybody or to one address, newest first; waits until all that can go has gone. */
  outbox(slug: string, to?: string): Promise<Message[]>
  /** Looks behind the wall, as the database's own administrator. */
  sql<T extends object>(text: string, params?: unknown[]): Promise<T[]>
  databaseUrl: string
  /** Stops it and starts it again on the same database, port and keys: with other settings, or at another moment. */
  restart(changes?: { env?: Record<string, string>; at?: string }): Promise<void>
  close(): Promise<void>
}

/** Every firm of an installation, loaded; for the few that a test has. */
export async function loadedTenants({ services: { tenants } }: Pick<Portal, 'services'>): Promise<Tenant[]> {
  const loaded = await Promise.all(tenants.known.map(({ id }) => tenants.byId(id)))
  return loaded.filter((tenant) => tenant !== null)
}

/** @throws Error for a firm that is not there */
export function named(tenants: readonly Tenant[], slug: string): Tenant {
  const found = tenants.find((tenant) => tenant.slug === slug)
  if (!found) throw new Error(`no firm ${slug}`)
  return found
}

async function asAdministrator(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

/** A copy of the installation of the run, owned by the same role that is no superuser. */
async function copiedDatabase(): Promise<{ url: string; name: string }> {
  const name = `portal_${randomBytes(6).toString('hex')}`
  await asAdministrator(`create database ${name} template template_portal owner portal_owner`)
  const url = new URL(inject('templateUrl'))
  url.pathname = name
  return { url: url.href, name }
}

/**
 * @param env settings that differ, as the environment gives them
 * @param on a database to open on instead of a copy; it stays when the installation closes
 * @param through puts something between the installation and its database, and gives the port to use instead
 * @param heard is told every line of the log
 * @param modules what it is made of, where that is not the list
 * @param loads false: no firm is loaded before somebody asks for it
 * @param people bring in the invented people of firms that are not in the copy
 */
export async function openTestPortal({
  env = {},
  at = start,
  people = false,
  loads = true,
  through,
  on,
  heard,
  modules,
}: {
  env?: Record<string, string>
  at?: string
  people?: boolean
  loads?: boolean
  through?: (database: URL) => Promise<number>
  on?: string
  heard?: (line: string) => void
  modules?: readonly Module[]
} = {}): Promise<TestPortal> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const folder = await mkdtemp(path.join(tmpdir(), 'portal-test-'))
  const database = on ? { url: on, name: new URL(on).pathname.slice(1) } : await copiedDatabase()
  const address = new URL(database.url)
  if (through) address.port = String(await through(address))
  const wrongLocks = new Set<string>()
  const wrongHashes = new Set<string>()
  const start = async (clock: ReturnType<typeof heldClock>, settings: Record<string, string>) => {
    const portal = await openPortal({
      config: readConfig({ DATA_DIR: folder, PORT: String(port), MASTER_KEY: inject('masterKey'), ...settings }),
      clock,
      log: createLog(
        heard ? { level: 'info', destination: { write: heard } } : { level: process.env.TEST_LOG ?? 'silent' },
      ),
      databaseUrl: address.href,
      ...(modules && { modules }),
    })
    watchLockOrder(await portal.services.orm.em.getConnection().getNativeClient(), (wrong) => wrongLocks.add(wrong))
    watchHashing(portal.services.hasher, (where) => wrongHashes.add(where))
    return portal
  }
  let settings = env
  let clock = heldClock(at)
  let open = await start(clock, env)
  let tenants = loads ? await loadedTenants(open) : []
  if (people) await loadPeople(open.services)
  server.on('request', open.app)
  const behind = new URL(inject('postgresUrl'))
  behind.pathname = database.name
  const pool = new pg.Pool({ connectionString: behind.href, max: 2 })
  pool.on('error', () => {
    /* dropping the database ends what is still connected */
  })
  const sql = async <T extends object>(text: string, params: unknown[] = []) => (await pool.query<T>(text, params)).rows
  const host = (slug?: string) => `${slug ? `${slug}.` : ''}localhost:${port}`
  /** Messages that are due and neither sent nor given up. */
  const waiting = async () =>
    (await sql('select from outbox_due where due_at <= $1', [clock.now().toString()])).length > 0
  return {
    get services() {
      return open.services
    },
    get tenants() {
      return tenants
    },
    tenant: (slug) => named(tenants, slug),
    port,
    host,
    sql,
    databaseUrl: database.url,
    url: (slug, at = '/') => `http://${host(slug)}${at}`,
    attend: () => open.attend(),
    forward: (duration) => clock.forward(Temporal.Duration.from(duration)),
    async outbox(slug, to) {
      // At least once: what is on its way already is waited for.
      for (let sweep = 0; sweep < 50 && (sweep === 0 || (await waiting())); sweep++) await open.sweepOutbox()
      // A letter-box is looked into between two moments: what is read now was there before what is sent next.
      clock.forward(Temporal.Duration.from('PT0.001S'))
      const all = JSON.parse(await fetched(port, host(), '/dev/outbox.json')) as Message[]
      return all.filter((message) => message.tenant === slug && (!to || message.to === to))
    },
    async restart({ env: other = settings, at: moment = clock.now().toString() } = {}) {
      server.off('request', open.app)
      await open.close()
      clock = heldClock(moment)
      settings = other
      open = await start(clock, settings)
      tenants = loads ? await loadedTenants(open) : []
      server.on('request', open.app)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await open.close()
      await pool.end()
      if (!on) await dropDatabase(database.name)
      await rm(folder, { recursive: true, force: true })
      if (wrongLocks.size)
        throw new Error(`locked in another order than test/support/lock-order.ts says:\n${[...wrongLocks].join('\n')}`)
      if (wrongHashes.size)
        throw new Error(`hashed where test/support/hashing.ts does not let it:\n${[...wrongHashes].join('\n')}`)
    },
  }
}

function fetched(port: number, host: string, at: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: at, headers: { host } }, async (response) => {
      let body = ''
      for await (const chunk of response) body += chunk
      resolve(body)
    }).on('error', reject)
  })
}
