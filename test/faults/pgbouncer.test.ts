import pg from 'pg'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { publish } from '../../src/commands/publish.ts'
import { canPrepare } from '../../src/platform/db/pooler.ts'
import { createJobs } from '../../src/platform/jobs/jobs.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { httpPerson } from '../support/http.ts'
import { signsIn } from '../support/staff.ts'
import { freshDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'
import { hasPgbouncer, startPgbouncer } from '../support/pgbouncer.ts'
import { freePort, run, until } from './process.ts'

const ends: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

/** Session locks that stayed behind on a connection everybody shares: whoever waits for one now waits for ever. */
const locksLeft = `select l.objid from pg_locks l join pg_stat_activity a using (pid)
  where l.locktype = 'advisory' and a.datname = current_database() and a.state = 'idle'`

const through = async (database: URL): Promise<number> => {
  const pooler = await startPgbouncer(database)
  ends.push(pooler.stop)
  return pooler.port
}

describe.skipIf(!hasPgbouncer)('behind pgbouncer in transaction mode (skipped: no pgbouncer on this machine)', () => {
  test('the product makes its tables, starts its jobs, is ready, and ends when asked', async () => {
    const database = await freshDatabase()
    ends.push(database.drop)
    const behind = new pg.Client({ connectionString: database.url })
    behind.on('error', () => {
      /* dropping the database ends it, where the test did not come to its end */
    })
    await behind.connect()
    await behind.query(`alter database ${new URL(database.url).pathname.slice(1)} owner to portal_owner`)
    const address = new URL(inject('templateUrl'))
    address.pathname = new URL(database.url).pathname
    address.port = String(await through(address))
    const folder = await mkdtemp(path.join(tmpdir(), 'portal-pooled-'))
    ends.push(() => rm(folder, { recursive: true, force: true }))
    const product = run({ DATABASE_URL: address.href, DATA_DIR: folder }, await freePort())
    ends.push(() => product.stop('SIGKILL'))
    // All tables and people from nothing, beside whatever else the machine does.
    await until(
      'the product is ready behind the pooler',
      async () => (await product.get('/ready'))?.status === 200,
      100_000,
    )
    const { rows: planned } = await behind.query('select name from pgboss.schedule')
    expect(planned.length).toBeGreaterThan(3)
    expect((await behind.query(locksLeft)).rows).toEqual([])
    expect((await product.get('/sign-in', 'linde'))?.status).toBe(200)
    expect(await product.stop()).toBe(0)
    await behind.end()
  }, 240_000)

  test('a firm that is published is taken over within seconds, though nobody can be told', async () => {
    const portal = await openTestPortal({ through })
    ends.push(portal.close)
    portal.attend()
    const revision = () => portal.services.tenants.knownBySlug('kring')?.revision ?? 0
    const before = revision()
    const folder = await mkdtemp(path.join(tmpdir(), 'portal-pooled-'))
    ends.push(() => rm(folder, { recursive: true, force: true }))
    const env = { DATABASE_URL: portal.databaseUrl, MASTER_KEY: inject('masterKey'), DATA_DIR: folder }
    await publish({ rest: ['kring'], env, say: () => {} })
    await expect.poll(revision, { timeout: 10_000 }).toBeGreaterThan(before)
    expect(await portal.sql(locksLeft)).toEqual([])
  })

  test('somebody signs in, jobs do their work, and the server itself ends what takes too long', async () => {
    let port = 0
    const portal = await openTestPortal({ through: async (database) => (port = await through(database)) })
    ends.push(portal.close)
    const person = httpPerson(portal, 'kring')
    await signsIn(portal, 'kring', person)
    expect(await person.at()).toBe('/home')

    const pooled = new URL(portal.databaseUrl)
    pooled.port = String(port)
    const asking = new pg.Client({ connectionString: pooled.href })
    await asking.connect()
    expect(await canPrepare(asking), 'this pooler forgets what was prepared').toBe(false)
    await asking.end()
    const jobs = createJobs({ connectionString: pooled.href, log: createLog({ level: 'silent' }) })
    let turns = 0
    jobs.every(1, 'count', async () => {
      turns++
    })
    await jobs.start()
    await expect.poll(() => turns, { timeout: 15_000 }).toBeGreaterThanOrEqual(2)
    await jobs.stop()

    expect(await portal.sql(locksLeft)).toEqual([])
    const direct = new pg.Client({ connectionString: portal.databaseUrl })
    await direct.connect()
    expect((await direct.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '3s' }])
    await direct.end()
  })
})
