import { join } from 'node:path'
import pg from 'pg'
import { ownedDatabase } from '../../src/platform/db/database.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { startPostgres } from '../../src/platform/db/embedded.ts'
import { pin } from './machine.ts'

/**
 * A database of the bench. `own` is the address the product uses; `all` sees every row, for seeding and for references.
 */
export interface Database {
  own: string
  all: string
}

/** The PostgreSQL server everything is measured on. */
export interface Server {
  version: string
  /** Makes an empty database. */
  make(name: string): Promise<Database>
  /** Removes the databases it made, and stops what it started. */
  stop(): Promise<void>
}

async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return work(client).finally(() => client.end())
}

/**
 * The server of `DATABASE_URL`, whose role must be a superuser: a reference reads past row-level security. Without it
 * the product's own embedded server, in this folder.
 */
export async function openServer(folder: string): Promise<Server> {
  const given = process.env.DATABASE_URL
  const embedded = given
    ? null
    : await startPostgres({ directory: join(folder, 'postgres'), log: createLog({ level: 'silent' }) })
  const url = given ?? embedded!.url
  if (embedded) await on(url, async (client) => pin(await postmaster(client), 'rest'))
  const made: string[] = []
  const version = await on(url, async (client) => {
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    return `${rows[0]!.server_version}, ${given ? 'of DATABASE_URL' : 'embedded'}`
  })
  return {
    version,
    async make(name) {
      const own = await ownedDatabase(url, name)
      made.push(name)
      const all = new URL(url)
      all.pathname = `/${name}`
      return { own, all: all.href }
    },
    async stop() {
      await on(url, async (client) => {
        for (const name of made) await client.query(`drop database if exists ${name} with (force)`)
      })
      await embedded?.stop()
    },
  }
}

/** Connections made from now on are processes that the first one starts: where that one runs, they run. */
async function postmaster(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: string }>(
    `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
  )
  return Number(rows[0]!.pid)
}
