import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { syncFolder } from '../config/kept-secret.ts'
import { manifestFile, tableFile, type Manifest } from './manifest.ts'
import { measuring } from './measure.ts'
import { guarding } from './secrets.ts'
import { copyTarget, inOrder, tablesOf, type Table } from './tables.ts'

export interface BackupOptions {
  /** A role that may read behind row-level security. */
  url: string
  /** The folder that is made; it must not be there yet. */
  folder: string
  leftOut: readonly string[]
  now: Temporal.Instant
  /** What the manifest says of the modules, and the secrets that must not be in what is written; read in the same transaction. */
  look(client: pg.Client): Promise<Pick<Manifest, 'masterKeys' | 'firms'> & { secrets: string[] }>
}

/**
 * Writes a copy of the whole database as it is at one moment: one transaction that only reads, `COPY` table by table,
 * through gzip to a file each, never a table in memory. The folder gets its name when everything is on the disk.
 */
export async function writeBackup({ url, folder, leftOut, now, look }: BackupOptions): Promise<Manifest> {
  if (existsSync(folder)) throw new Error(`${folder} is there already; a backup is written to a new folder.`)
  const draft = `${folder}.partial-${process.pid}`
  const client = new pg.Client({ connectionString: url, application_name: 'voorportaal backup' })
  await client.connect()
  try {
    await mkdir(path.join(draft, 'tables'), { recursive: true, mode: 0o700 })
    await beginReading(client)
    const { secrets, ...said } = await look(client)
    const chosen = inOrder(await tablesOf(client), leftOut)
    const tables = []
    for (const table of chosen.tables) tables.push(await writeTable(client, draft, table, secrets))
    const manifest: Manifest = {
      format: 1,
      made: now.toString(),
      server: String((await client.query('show server_version')).rows[0].server_version),
      migrations: (await client.query('select name from mikro_orm_migrations order by id')).rows.map(
        ({ name }) => name,
      ),
      ...said,
      tables,
      sequences: await sequencesOf(client),
      leftOut: chosen.leftOut,
    }
    await writeFile(manifestFile(draft), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true })
    for (const each of [path.join(draft, 'tables'), draft]) syncFolder(each)
    await rename(draft, folder)
    syncFolder(path.dirname(path.resolve(folder)))
    return manifest
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  } finally {
    await client.end()
  }
}

/** With `row_security` off PostgreSQL refuses what it would otherwise leave out without a word. */
async function beginReading(client: pg.Client): Promise<void> {
  await client.query('begin transaction isolation level repeatable read read only')
  await client.query(
    'set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local row_security = off',
  )
}

async function writeTable(
  client: pg.Client,
  folder: string,
  table: Table,
  secrets: string[],
): Promise<Manifest['tables'][number]> {
  const measured = measuring()
  const rows = client.query(copyTo(`copy ${copyTarget(table)} to stdout`))
  const file = tableFile(folder, table.name)
  await pipeline(
    rows,
    measured.through,
    guarding(secrets, `table ${table.name}`),
    createGzip(),
    createWriteStream(file, { mode: 0o600 }),
  )
  const handle = await open(file, 'r+')
  await handle.sync()
  await handle.close()
  return { name: table.name, columns: table.columns, rows: rows.rowCount, ...measured.result() }
}

/** Of the catalogue, as the tables are: the builder knows ours by name only. */
async function sequencesOf(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{
    name: string
  }>(`select c.relname as name from pg_class c where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace
    and c.relname not like 'mikro_orm_migrations%' and c.relowner = (select relowner from pg_class where oid = to_regclass('public.tenant')) order by 1`)
  const sequences = []
  for (const { name } of rows) {
    const {
      rows: [at],
    } = await client.query(`select last_value::text as last, is_called as called from public."${name}"`)
    sequences.push({ name, last: at.last, called: at.called })
  }
  return sequences
}
