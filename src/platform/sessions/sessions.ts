import { RedisStore } from 'connect-redis'
import connectPgSimple from 'connect-pg-simple'
import session from 'express-session'
import type { RequestHandler } from 'express'
import pg from 'pg'
import { createClient } from 'redis'
import { patience } from '../db/database.ts'
import { safe } from '../http/guard.ts'
import { DigestedStore } from './digested-store.ts'
import type { Log } from '../log/log.ts'
import { openRedis } from './redis.ts'
import { digest } from '../crypto/encryption.ts'

/** Longer than any session may last (24 hours), so that PostgreSQL's truth always ends first. In seconds. */
const kept = 25 * 3600

export interface Sessions {
  middleware: RequestHandler
  /** Throws when the store does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}

export interface SessionOptions {
  redisUrl: string | null
  databaseUrl: string
  secrets: string[]
  /** The portal is at https: cookies get the __Host- prefix and Secure (RFC 6265bis §4.1.3.2). */
  secure: boolean
  log: Log
  /** Is told of the pool, where sessions are in PostgreSQL. */
  watch?: (pool: pg.Pool) => void
}

/** Before the names of sessions in Redis. */
const prefix = 'session:'

interface Store {
  store: session.Store
  check(): Promise<void>
  close(): Promise<void>
}

/** Sessions kept under their id, by a release that did so, go on under its digest: nobody is signed out. The migration's counterpart. */
async function nameByDigest(url: string): Promise<void> {
  const client = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy: false } })
  client.on('error', () => {
    /* whoever asks next says so */
  })
  await client.connect()
  try {
    for await (const names of client.scanIterator({ MATCH: `${prefix}*`, COUNT: 1000 })) {
      const older = names.filter((name) => !/^[0-9a-f]{64}$/.test(name.slice(prefix.length)))
      // One that ended in this very moment is gone: then there is nothing to rename.
      await Promise.all(
        older.map((name) => client.rename(name, `${prefix}${digest(name.slice(prefix.length))}`).catch(() => null)),
      )
    }
  } finally {
    client.destroy()
  }
}

async function redisStore(url: string, log: Log): Promise<Store> {
  await nameByDigest(url)
  const client = await openRedis(url, log)
  return {
    // Its type is of another release of the client, which answers the same.
    store: new DigestedStore(new RedisStore({ client: client as never, prefix, ttl: kept, disableTouch: true })),
    // Of no table: whether anybody answers.
    check: async () => void (await client.ping()),
    close: () => client.close(),
  }
}

function postgresStore(url: string, log: Log, watch?: (pool: pg.Pool) => void): Store {
  const pool = new pg.Pool({ connectionString: url, max: 4, ...patience, application_name: 'voorportaal sessions' })
  watch?.(pool)
  const PgStore = connectPgSimple(session)
  pool.on('error', () => {
    /* an idle connection broke; the next query opens another and says so if it cannot */
  })
  const store = new PgStore({
    pool,
    tableName: 'browser_session',
    ttl: kept,
    disableTouch: true,
    pruneSessionInterval: 900,
    errorLog: (...said: unknown[]) =>
      log.warn({ err: said.find((each) => each instanceof Error) }, 'old browser sessions could not be removed'),
  })
  return {
    store: new DigestedStore(store),
    // Of no table: whether anybody answers.
    check: async () => void (await pool.query('select 1')),
    close: async () => {
      store.close()
      await pool.end()
    },
  }
}

/** express-session over Redis when there is one, else over PostgreSQL. Nothing is written unless a module keeps a word. */
export async function openSessions({
  redisUrl,
  databaseUrl,
  secrets,
  secure,
  log,
  watch,
}: SessionOptions): Promise<Sessions> {
  const { store, check, close } = redisUrl ? await redisStore(redisUrl, log) : postgresStore(databaseUrl, log, watch)
  const name = secure ? '__Host-portal' : 'portal'
  const sessions = session({
    store,
    secret: secrets,
    name,
    resave: false,
    saveUninitialized: false,
    rolling: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
    proxy: secure,
  })
  // Who only looks and brings no session needs none.
  const middleware: RequestHandler = (request, response, next) =>
    safe.has(request.method) && !request.get('cookie')?.includes(`${name}=`)
      ? next()
      : sessions(request, response, next)
  return { middleware, check, close }
}
