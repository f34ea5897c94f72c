import { randomBytes } from 'node:crypto'
import pg from 'pg'

/**
 * Whether statements can be prepared on this address. A pooler such as pgbouncer hands a connection of the server to
 * somebody else after each transaction: the next one may not know what was prepared on the one before. It shows by the
 * server's process, which is not the one the connection was told of. A pooler that does know of prepared statements
 * (pgbouncer from 1.21 on) keeps them under names of its own.
 */
export async function canPrepare(client: pg.Client): Promise<boolean> {
  const name = `probe_${randomBytes(8).toString('hex')}`
  // Asked of the catalogue, on a connection of its own: no table of ours.
  await client.query('begin')
  try {
    const { rows } = await client.query<{ pid: number; kept: boolean }>({
      name,
      text: 'select pg_backend_pid() as pid, exists (select from pg_prepared_statements where name = $1) as kept',
      values: [name],
    })
    const { pid, kept } = rows[0]!
    if (kept) await client.query(`deallocate ${name}`)
    return !kept || pid === (client as unknown as { processID: number }).processID // not in the library's types
  } finally {
    await client.query('commit')
  }
}
