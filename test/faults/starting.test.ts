import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freePort, run, until, type Running } from './process.ts'

let folder: string
const running: Running[] = []
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'portal-starting-'))
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop('SIGKILL')))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const begun = (...how: Parameters<typeof run>): Running => {
  const process = run(...how)
  running.push(process)
  return process
}
const postgresIn = (dataDir: string) => existsSync(path.join(dataDir, 'postgres/cluster/data/postmaster.pid'))
/** Waits until it gave up. @returns what it said: in words, without a trace */
async function refused(product: Running): Promise<string> {
  await until('it gives up', async () => product.child.exitCode !== null)
  expect(product.child.exitCode).toBe(1)
  expect(product.said()).not.toMatch(/\n\s+at |ECONN|EADDR/)
  return product.said()
}

test('three starts at once on one new folder: all serve, it was made ready once, and the last one to leave takes PostgreSQL along', async () => {
  const env = { DATA_DIR: path.join(folder, 'three') }
  const three = await Promise.all([0, 1, 2].map(async () => begun(env, await freePort())))
  await Promise.all(three.map((each) => each.ready()))
  for (const each of three) expect((await each.get('/sign-in', 'kring'))?.status).toBe(200)

  const [password, port] = await Promise.all(
    ['password', 'port'].map((name) => readFile(path.join(env.DATA_DIR, 'postgres/cluster', name), 'utf8')),
  )
  const client = new pg.Client({
    connectionString: `postgresql://postgres:${password?.trim()}@127.0.0.1:${port?.trim()}/portal`,
  })
  await client.connect()
  const { rows } = await client.query('select name, count(*)::int as n from mikro_orm_migrations group by name')
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every(({ n }) => n === 1)).toBe(true)
  await client.end()

  // One more at a port that is taken is told so, and does not end what the others use.
  expect(await refused(begun(env, three[0]!.port))).toMatch(
    new RegExp(`PORT: ${three[0]!.port} at 127\\.0\\.0\\.1 is taken.*set PORT=`),
  )
  expect(await Promise.all(three.map((each) => each.stop()))).toEqual([0, 0, 0])
  expect(postgresIn(env.DATA_DIR)).toBe(false)

  // Refused after PostgreSQL was started, and told to stop while starting: it goes again as well.
  const firms = path.join(folder, 'no-firms')
  await mkdir(firms)
  expect(await refused(begun({ ...env, TENANTS_DIR: firms }, await freePort()))).toContain('No firm found')
  expect(postgresIn(env.DATA_DIR)).toBe(false)
  const early = begun(env, await freePort())
  await until('PostgreSQL is there', async () => postgresIn(env.DATA_DIR))
  expect(await early.stop()).toBe(0)
  expect(early.said()).not.toMatch(/\n\s+at |fatal/)
  expect(postgresIn(env.DATA_DIR)).toBe(false)
}, 300_000)

test('what the operator can mend is said in a sentence that names the variable: all that is missing, a port, a database', async () => {
  const dataDir = path.join(folder, 'wrong')
  const wrong = await refused(begun({ DATA_DIR: dataDir, NODE_ENV: 'production' }, await freePort()))
  for (const name of ['BASE_URL', 'DATABASE_URL', 'SMTP_URL', 'MASTER_KEY', 'SESSION_SECRET'])
    expect(wrong).toContain(`- ${name}: `)

  const down = await freePort()
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const { port } = squatter.address() as { port: number }
  const [taken, metrics, database] = await Promise.all([
    refused(begun({ DATA_DIR: dataDir }, port)),
    refused(begun({ DATA_DIR: dataDir, METRICS_PORT: String(port) }, await freePort())),
    refused(
      begun(
        { DATA_DIR: dataDir, DATABASE_URL: `postgresql://portal:zeer-geheim@127.0.0.1:${down}/portal` },
        await freePort(),
      ),
    ),
  ])
  squatter.close()
  expect(taken).toMatch(/^PORT: \d+ at 127\.0\.0\.1 is taken, .*; set PORT= to another, such as PORT=\d+$/m)
  expect(metrics).toMatch(/^METRICS_PORT: \d+ at 127\.0\.0\.1 is taken, .*set METRICS_PORT=/m)
  expect(database).toContain(
    `PostgreSQL at 127.0.0.1:${down}/portal as portal (DATABASE_URL) cannot be used: nobody listens there`,
  )
  expect(database).not.toContain('zeer-geheim')
  expect(existsSync(path.join(dataDir, 'postgres'))).toBe(false)
})
