import { statfs } from 'node:fs/promises'
import type { Log } from '../log/log.ts'

/** What can make a process unfit for requests, as strangers may know it. */
export type Part = 'stopping' | 'database' | 'sessions' | 'disk'

/** PostgreSQL writes its log in pieces of this size; with less to spare it stops. In bytes. */
const ROOM = 16 * 1024 * 1024
/** SQLSTATE disk_full (PostgreSQL, appendix A). */
const DISK_FULL = '53100'

export interface Readiness {
  /** The first part that says no, or null. What exactly is wrong is in the log only. */
  check(): Promise<Part | null>
  /** Takes note of an error met elsewhere: a disk that is full shows only when something is written. */
  met(error: unknown): void
  /** From now on the answer is no: this process is on its way out. */
  stop(): void
}

export interface ReadinessParts {
  /** Each throws when it does not answer. */
  database(): Promise<unknown>
  sessions(): Promise<unknown>
  /** Writes something that is gone afterwards. Only asked while a full disk was met. */
  write(): Promise<unknown>
  /** Where files, and perhaps the database, are kept. */
  folder: string
  log: Log
}

/** Says whether this process can do its work, and which part cannot. */
export function createReadiness({ database, sessions, write, folder, log }: ReadinessParts): Readiness {
  let stopping = false
  let full = false
  async function disk(): Promise<void> {
    const { bavail, bsize } = await statfs(folder)
    if (bavail * bsize < ROOM)
      throw new Error(`only ${Math.floor((bavail * bsize) / 1024)} kB are left where DATA_DIR is`)
    if (full) await write()
    full = false
  }
  const parts: [Part, () => Promise<unknown>][] = [
    ['disk', disk],
    ['database', database],
    ['sessions', sessions],
  ]
  return {
    async check() {
      if (stopping) return 'stopping'
      // At the same time: each may wait as long as a request may.
      const answers = await Promise.allSettled(parts.map(([, ask]) => ask()))
      const first = answers.findIndex(({ status }) => status === 'rejected')
      if (first < 0) return null
      const [part] = parts[first]!
      log.warn({ err: (answers[first] as PromiseRejectedResult).reason, part }, 'not ready')
      return part
    },
    met(error) {
      const { code, cause } = error as { code?: string; cause?: { code?: string } }
      if (code === DISK_FULL || cause?.code === DISK_FULL) full = true
    },
    stop: () => {
      stopping = true
    },
  }
}
