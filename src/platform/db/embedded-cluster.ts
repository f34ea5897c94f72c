import { randomBytes } from 'node:crypto'
import { existsSync, readlinkSync, realpathSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { execute, handOver, identitiesFor, ownerOf, type Identity, type Programs } from './embedded-programs.ts'

const USER = 'postgres'
const DRAFT = 'new-'
/** Its log says what went wrong, never with the values of a person. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'on',
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}

/** A running server, as its own pid file describes it. */
export interface Running {
  pid: number
  port: number
  ready: boolean
}

/** A PostgreSQL data folder with its password and remembered port, and the server on it. */
export interface Cluster {
  running(): Promise<Running | null>
  /** Starts the server at the remembered port, or another when that is taken. @throws Error with PostgreSQL's reason */
  start(): Promise<void>
  /** Fast shutdown: open transactions are rolled back, everything acknowledged is kept. */
  stop(): Promise<void>
  url(port: number): string
}

/** The cluster below `directory`, made when there is none yet. @throws Error when nobody here can make one */
export async function openCluster(directory: string, programs: Programs): Promise<Cluster> {
  const home = path.join(directory, 'cluster')
  if (!existsSync(home)) await create(home, programs)
  const data = path.join(realpathSync(home), 'data')
  const identity = ownerOf(data)
  const password = (await readFile(path.join(home, 'password'), 'utf8')).trim()
  const control = (...options: string[]) =>
    execute(identity, programs.pg_ctl, ['--pgdata', data, '--wait', '--timeout', '60', ...options], {
      directory: home,
      seconds: 70,
    })
  return {
    running: () => readRunning(data),
    async start() {
      const port = await choosePort(path.join(home, 'port'))
      const log = path.join(home, 'start.log')
      await rm(log, { force: true })
      await writeFile(log, '', { mode: 0o600 })
      await handOver(identity, log)
      await control('start', '--log', log, '--options', `-p ${port}`).catch(async (cause) => {
        throw new Error((await readFile(log, 'utf8')).trim().slice(-600) || cause.message, { cause })
      })
    },
    stop: () => control('stop', '--mode', 'fast'),
    url: (port) => `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`,
  }
}

/** Made beside and then renamed: a kill half-way leaves no half cluster, and of two starting together one wins. */
async function create(home: string, programs: Programs): Promise<void> {
  const parent = path.dirname(home)
  const identities = identitiesFor(parent)
  await mkdir(parent, { recursive: true, mode: 0o711 })
  await removeAbandonedDrafts(parent)
  const refusals: string[] = []
  for (const identity of identities) {
    const draft = path.join(parent, `${DRAFT}${process.pid}-${randomBytes(4).toString('hex')}`)
    try {
      await fill(draft, identity, programs)
      await rename(draft, home)
      return
    } catch (error) {
      await rm(draft, { recursive: true, force: true })
      if (existsSync(home)) return
      refusals.push((error as Error).message)
    }
  }
  throw new Error(refusals.join('; '))
}

async function fill(draft: string, identity: Identity, { initdb }: Programs): Promise<void> {
  const passwordFile = path.join(draft, 'password')
  await mkdir(draft, { mode: 0o700 })
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  await handOver(identity, draft, passwordFile)
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['--set', `${name}=${value}`])
  // The built-in C.UTF-8 sorts by code point and knows É from é, whatever locales the machine has.
  const text = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  await execute(
    identity,
    initdb,
    [
      `--pgdata=${path.join(draft, 'data')}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      ...text,
      ...settings,
    ],
    { directory: draft, seconds: 60 },
  )
}

async function removeAbandonedDrafts(parent: string): Promise<void> {
  const drafts = (await readdir(parent)).filter((name) => name.startsWith(DRAFT))
  const abandoned = drafts.filter((name) => !isAlive(Number(name.slice(DRAFT.length).split('-')[0])))
  await Promise.all(abandoned.map((name) => rm(path.join(parent, name), { recursive: true, force: true })))
}

/** The pid file survives a power cut, and its number may by then be somebody else's: then it is removed. */
async function readRunning(data: string): Promise<Running | null> {
  const file = path.join(data, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code !== 'ENOENT') throw error
    return ''
  })
  const [pid = '', , , port = '', , , , status = ''] = text.split('\n')
  if (!text || !isAlive(Number(pid))) return null
  if (!worksIn(Number(pid), data)) {
    await rm(file, { force: true })
    return null
  }
  return { pid: Number(pid), port: Number(port), ready: status.trim() === 'ready' }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** PostgreSQL works in its data folder. Only Linux tells; elsewhere the pid file is believed. */
function worksIn(pid: number, data: string): boolean {
  if (os.platform() !== 'linux') return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === data
  } catch (error) {
    // Gone in the meantime, or another account's: either way not the server of a folder that is ours.
    if (['ENOENT', 'EACCES', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) return false
    throw error
  }
}

async function choosePort(file: string): Promise<number> {
  const remembered = existsSync(file) ? Number(await readFile(file, 'utf8')) : 0
  const port = (await listenOnce(remembered)) ?? (await listenOnce(0))
  await writeFile(file, String(port))
  await chmod(file, 0o600)
  return port as number
}

/** The port when it is free (0: any free one), null when it is taken. */
function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen(port, '127.0.0.1', () => {
      const { port: free } = server.address() as AddressInfo
      server.close(() => resolve(free))
    })
  })
}
