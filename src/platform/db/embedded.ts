import pg from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../log/log.ts'
import { openCluster, type Cluster } from './embedded-cluster.ts'
import { findPrograms } from './embedded-programs.ts'

/** Key of the advisory lock that everybody who uses the server shares: whoever gets it alone is the last. */
const IN_USE = 7_071_011
const TRIES = 5
const READY_WITHIN_MS = 60_000

export interface Postgres {
  /** Connection string of the owner, on 127.0.0.1 with a password; the same after a restart when the port is free. */
  readonly url: string
  /** Lets go; the last one to let go shuts the server down (fast). */
  stop(): Promise<void>
}

/**
 * The embedded PostgreSQL on `directory`: makes it at first start, starts it, or joins the server that runs there
 * already, also one left by a process that was killed. Starts it again when it falls over.
 * @throws Error with the reason and the advice to set DATABASE_URL
 */
export async function startPostgres({ directory, log }: { directory: string; log: Log }): Promise<Postgres> {
  const cluster = await openHere(directory)
  const first = await joinServer(cluster, log).catch((cause) => fail(directory, cause))
  const url = cluster.url(first.port)
  let connection = first
  let stopping = false
  let revival: Promise<void> | null = null

  const watch = () =>
    connection.once('end', () => {
      if (!stopping) revival = revive()
    })
  async function revive(): Promise<void> {
    log.warn('PostgreSQL fell over; starting it again')
    while (!stopping) {
      try {
        connection = await joinServer(cluster, log)
        if (cluster.url(connection.port) !== url)
          log.error({ port: connection.port }, 'PostgreSQL came back at another port; restart the portal')
        watch()
        return
      } catch (err) {
        log.error({ err }, 'PostgreSQL does not come back yet')
        await pause(1000)
      }
    }
  }
  watch()
  return {
    url,
    async stop() {
      if (stopping) return
      stopping = true
      await revival
      if (await letGo(connection, log)) await cluster.stop()
    },
  }
}

async function openHere(directory: string): Promise<Cluster> {
  try {
    return await openCluster(directory, findPrograms())
  } catch (cause) {
    return fail(directory, cause)
  }
}

function fail(directory: string, cause: unknown): never {
  const reason = (cause as Error).message
  throw new Error(
    `The embedded PostgreSQL cannot run in ${directory}. Set DATABASE_URL to a PostgreSQL server (15 or newer) instead. Reason: ${reason}`,
    { cause },
  )
}

/** Starts the server when it is not running, and holds the shared lock. Another process may start or stop it meanwhile, so more than once. */
async function joinServer(cluster: Cluster, log: Log): Promise<pg.Client> {
  let refusal: unknown
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    try {
      if (!(await cluster.running())) await cluster.start()
      return await connectShared(cluster, log)
    } catch (error) {
      refusal = error
      await pause(100 * attempt)
    }
  }
  throw refusal
}

async function connectShared(cluster: Cluster, log: Log): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: cluster.url(await readyPort(cluster)),
    ssl: false,
    connectionTimeoutMillis: 5000,
    application_name: 'portal hold',
  })
  client.on('error', (err) => log.warn({ err }, 'the connection that holds PostgreSQL broke'))
  await client.connect()
  await client.query('select pg_advisory_lock_shared($1)', [IN_USE])
  return client
}

/** Waits while the server is still starting or recovering. */
async function readyPort(cluster: Cluster): Promise<number> {
  for (let waited = 0; waited < READY_WITHIN_MS; waited += 50) {
    const server = await cluster.running()
    if (!server) throw new Error('PostgreSQL stopped while it was being started')
    if (server.ready) return server.port
    await pause(50)
  }
  throw new Error(`PostgreSQL was not ready within ${READY_WITHIN_MS / 1000} seconds`)
}

/** True when nobody else holds the server. */
async function letGo(connection: pg.Client, log: Log): Promise<boolean> {
  try {
    await connection.query('select pg_advisory_unlock_shared($1)', [IN_USE])
    const { rows } = await connection.query('select pg_try_advisory_lock($1) as last', [IN_USE])
    return rows[0].last === true
  } catch (err) {
    log.warn({ err }, 'PostgreSQL was gone already')
    return false
  } finally {
    await connection.end()
  }
}
