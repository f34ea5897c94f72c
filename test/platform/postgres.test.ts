import pg from 'pg'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '../../src/platform/log/log.ts'
import { startPostgres, type Postgres } from '../../src/platform/db/embedded.ts'

const log = createLog({ level: 'silent' })
const started: Postgres[] = []
let root: string
let directory: string

// mkdtemp makes the folder 0700: nobody else may look in, as below a home folder.
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'portal-postgres-'))
  directory = path.join(root, 'data', 'postgres')
})
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.stop()))
  await rm(root, { recursive: true, force: true })
})

async function start(): Promise<Postgres> {
  const postgres = await startPostgres({ directory, log })
  started.push(postgres)
  return postgres
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const pidFile = () => path.join(directory, 'cluster/data/postmaster.pid')
const serverPid = async () => Number((await readFile(pidFile(), 'utf8')).split('\n')[0])

async function startUser(): Promise<{ user: ChildProcess; url: string }> {
  const user = spawn(process.execPath, [path.join(import.meta.dirname, 'postgres-user.ts'), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url] = (await once(createInterface(user.stdout!), 'line')) as [string]
  return { user, url }
}

async function kill(user: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const gone = once(user, 'exit')
  user.kill(signal)
  await gone
}

test('a first start gives a durable, UTF-8 server behind a password, and a stop ends it', async () => {
  const { url, stop } = await start()
  const [settings] = await query(
    url,
    `select current_setting('fsync') as fsync, current_setting('server_encoding') as encoding, current_setting('listen_addresses') as listens, lower('É') as lower`,
  )
  expect(settings).toEqual({ fsync: 'on', encoding: 'UTF8', listens: '127.0.0.1', lower: 'é' })
  const wrong = new URL(url)
  wrong.password = 'guess'
  await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed')
  expect((await stat(path.join(directory, 'cluster/password'))).mode & 0o777).toBe(0o600)
  const pid = await serverPid()
  await stop()
  await expect.poll(() => existsSync(`/proc/${pid}/cwd`)).toBe(false)
  await expect(query(url, 'select 1')).rejects.toThrow('ECONNREFUSED')
})

test('a later start finds everything at the same address', async () => {
  const first = await start()
  await query(first.url, 'create table kept as select 7 as n')
  await first.stop()
  const second = await start()
  expect(second.url).toBe(first.url)
  expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }])
})

test('a port taken by somebody else is no obstacle', async () => {
  const first = await start()
  await first.stop()
  const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1')
  await once(squatter, 'listening')
  const second = await start()
  squatter.close()
  expect(second.url).not.toBe(first.url)
  expect(await query(second.url, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('starts at the same moment share one server; the last to leave shuts it down', async () => {
  const all = await Promise.all([start(), start(), start()])
  expect(new Set(all.map(({ url }) => url)).size).toBe(1)
  expect(await readdir(directory)).toEqual(['cluster'])
  await all[0]!.stop()
  await all[1]!.stop()
  expect(await query(all[2]!.url, 'select 1 as n')).toEqual([{ n: 1 }])
  await all[2]!.stop()
  await expect(query(all[2]!.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
})

test('the server of a killed process is adopted, with everything in it, and later stopped', async () => {
  const { user, url } = await startUser()
  await query(url, 'create table kept as select 7 as n')
  await kill(user, 'SIGKILL')
  const pid = await serverPid()
  const heir = await start()
  expect(heir.url).toBe(url)
  expect(await serverPid()).toBe(pid)
  expect(await query(url, 'select n from kept')).toEqual([{ n: 7 }])
  await heir.stop()
  await expect(query(url, 'select 1')).rejects.toThrow('ECONNREFUSED')
})

test('a process that leaves does not take the server away from another', async () => {
  const { user, url } = await startUser()
  const other = await start()
  await kill(user, 'SIGTERM')
  expect(other.url).toBe(url)
  expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('when process and server are both killed the next start recovers', async () => {
  const { user, url } = await startUser()
  await query(url, 'create table kept as select 7 as n')
  const pid = await serverPid()
  user.kill('SIGKILL')
  process.kill(pid, 'SIGKILL')
  await once(user, 'exit')
  const heir = await start()
  expect(await query(heir.url, 'select n from kept')).toEqual([{ n: 7 }])
})

test('a server that is killed under a living process comes back by itself', async () => {
  const { url } = await start()
  await query(url, 'create table kept as select 7 as n')
  process.kill(await serverPid(), 'SIGKILL')
  await expect.poll(() => query(url, 'select n from kept').catch(String), { timeout: 15_000 }).toEqual([{ n: 7 }])
})

test('a pid file that names a stranger’s process is not believed', async () => {
  const first = await start()
  await first.stop()
  await writeFile(
    pidFile(),
    [process.pid, path.dirname(pidFile()), 1, 54321, '', '127.0.0.1', '', 'ready   ', ''].join('\n'),
  )
  const second = await start()
  expect(await query(second.url, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('where it cannot work it says what to do', async () => {
  await writeFile(path.join(root, 'file'), '')
  await expect(startPostgres({ directory: path.join(root, 'file', 'postgres'), log })).rejects.toThrow(
    /Set DATABASE_URL to a PostgreSQL server \(15 or newer\)/,
  )
})
