import pg from 'pg'
import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'

/** An empty database on the run's own server; the url is the superuser's. `drop` also ends connections left open. */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('postgresUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = name
  return { url: url.href, drop: () => dropDatabase(name) }
}

/** An empty database of the portal's own role, which is no superuser. */
export async function ownDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const database = await freshDatabase()
  const { pathname } = new URL(database.url)
  await onServer(inject('postgresUrl'), `alter database ${pathname.slice(1)} owner to portal_owner`)
  const url = new URL(inject('templateUrl'))
  url.pathname = pathname
  return { url: url.href, drop: database.drop }
}

/**
 * A pool that was ended says goodbye a moment later: PostgreSQL waits for that (five seconds), and ends what stays
 * after all.
 */
export async function dropDatabase(name: string): Promise<void> {
  const server = inject('postgresUrl')
  await onServer(server, `drop database if exists ${name}`).catch((error: unknown) => {
    if (!(error instanceof pg.DatabaseError && error.code === inUse)) throw error
    return onServer(server, `drop database if exists ${name} with (force)`)
  })
}
/** PostgreSQL's word for a database to which somebody is connected. */
const inUse = '55006'

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
