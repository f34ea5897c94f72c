import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { tableFile, type Manifest } from './manifest.ts'
import { measuring } from './measure.ts'
import { copyTarget, tablesOf } from './tables.ts'

export interface LoadOptions {
  /** The owner of the tables. */
  url: string
  folder: string
  manifest: Manifest
  /** Looks at what was loaded, in the same transaction; what it throws undoes everything. */
  finish(client: pg.Client): Promise<void>
}

/**
 * Whether a database holds nothing of anybody.
 * @param noFirms asks that of the tables of a restore that did not come to its end
 */
export async function isEmpty(url: string, noFirms: (client: pg.Client) => Promise<boolean>): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // Of the catalogue: the builder knows our tables only.
    const {
      rows: [found],
    } = await client.query(`select to_regclass('public.tenant') is not null as ours, to_regnamespace('pgboss') is null
      and not exists (select from pg_class where relkind in ('r', 'p', 'v', 'm') and relnamespace = 'public'::regnamespace) as bare`)
    if (!found.ours) return found.bare
    return await noFirms(client)
  } finally {
    await client.end()
  }
}

/**
 * Loads a backup into tables that are there and empty, in one transaction: all of it, or nothing. As the owner the
 * loader lowers the wall and stops the triggers of these tables for as long as that lasts, so that every row, the log's
 * hashes too, comes back as it was.
 * @throws Error in words for a file that is not what the manifest says
 */
export async function loadBackup({ url, folder, manifest, finish }: LoadOptions): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'voorportaal restore' })
  await client.connect()
  try {
    await client.query('begin')
    await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0')
    const known = await tablesOf(client)
    const strange = manifest.tables.find(
      (table) =>
        !table.columns.every((column) => known.find(({ name }) => name === table.name)?.columns.includes(column)),
    )
    if (strange) throw new Error(`The backup holds a table or column this release does not know, of ${strange.name}.`)
    for (const table of manifest.tables) await loadTable(client, folder, table)
    for (const { name, last, called } of manifest.sequences)
      await client.query('select setval($1, $2, $3)', [`public."${name}"`, last, called])
    await finish(client)
    await client.query('commit')
  } finally {
    await client.end()
  }
}

async function loadTable(client: pg.Client, folder: string, table: Manifest['tables'][number]): Promise<void> {
  const name = `public."${table.name}"`
  const {
    rows: [wall],
  } = await client.query('select relforcerowsecurity as forced from pg_class where oid = $1::regclass', [name])
  if (wall.forced) await client.query(`alter table ${name} no force row level security`)
  await client.query(`alter table ${name} disable trigger user`)
  if ((await client.query(`select from ${name} limit 1`)).rowCount) throw new Error(`Table ${table.name} is not empty.`)
  const measured = measuring()
  const rows = client.query(copyFrom(`copy ${copyTarget(table)} from stdin`))
  const source = createReadStream(tableFile(folder, table.name))
  await pipeline(source, createGunzip(), measured.through, rows).catch((cause: unknown) => {
    throw new Error(`Table ${table.name} of the backup cannot be loaded: ${(cause as Error).message}`, { cause })
  })
  const found = { rows: rows.rowCount, ...measured.result() }
  const differs = (['rows', 'bytes', 'sha256'] as const).filter((each) => found[each] !== table[each])
  if (differs.length)
    throw new Error(
      `Table ${table.name} of the backup is not what was written: ${differs.join(', ')} differ from its manifest.`,
    )
  await client.query(`alter table ${name} enable trigger user`)
  if (wall.forced) await client.query(`alter table ${name} force row level security`)
}
