import { MikroORM, type EntityManager, type EntitySchema } from '@mikro-orm/postgresql'
import { Migrator, type Migration } from '@mikro-orm/migrations'
import pg from 'pg'
import { Connection } from './connection.ts'
import { canPrepare } from './pooler.ts'
import { valueTypes } from './types.ts'
import type { Log } from '../log/log.ts'

/**
 * How long a request waits for a place and a connection, and then for the answer to one statement, in milliseconds.
 * Both can happen to one request, and together they stay below the five seconds in which every page is answered.
 */
export const patience = { connectionTimeoutMillis: 1500, query_timeout: 3000 } as const
/** One number for all installations: whoever holds it is preparing the database. */
const startLock = 7_201_126

/**
 * Opens the pool (`watch` is told of it) and reads the entities. Does not touch the schema. What the server itself must give up after the same
 * time stands with the role (`ownTimeOut`): as a start-up parameter a pooler such as pgbouncer refuses it.
 * @param unhurried for work nobody waits for in front of a page, such as publishing thousands of firms: without
 * time-outs
 */
export async function openDatabase(
  url: string,
  entities: object[],
  log: Log,
  { watch, unhurried = false }: { watch?: (pool: pg.Pool) => void; unhurried?: boolean } = {},
): Promise<MikroORM> {
  const prepares = await canPrepareAt(url)
  return MikroORM.init({
    entities: entities as EntitySchema[],
    clientUrl: url,
    logger: (message) => log.debug(message),
    colors: false,
    pool: unhurried ? { min: 0, max: 2 } : { min: 1, max: 16 },
    driverOptions: {
      Client: Connection,
      pipeline: true,
      prepares,
      ...(unhurried ? {} : patience),
      types: valueTypes,
      application_name: 'voorportaal',
      onPoolCreated: watch,
    },
    ignoreUndefinedInQuery: false,
  })
}

/** Where it cannot be found out now, nothing is prepared: that works everywhere. */
async function canPrepareAt(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, ...patience })
  client.on('error', () => {
    /* told by the question */
  })
  try {
    await client.connect()
    return await canPrepare(client)
  } catch {
    return false
  } finally {
    await client.end().catch(() => {
      /* it was never there */
    })
  }
}

/**
 * An entity manager of its own, outside whatever transaction the caller may be in: without this MikroORM would hand
 * on the tenant, role and connection of that transaction.
 */
export function freshEm(orm: MikroORM, session?: { variables: Record<string, string>; role: string }): EntityManager {
  return orm.em.fork({ disableContextResolution: true, ...(session && { session }) })
}

/** Writes more than a page has room for, and keeps nothing: fails where PostgreSQL's disk is full. */
export async function writeRoom(orm: MikroORM): Promise<void> {
  await freshEm(orm).transactional((em) =>
    em.execute(
      `create temp table room_to_write on commit drop as select md5(n::text) as filling from generate_series(1, 2000) as n`,
    ),
  )
}

/**
 * Of several instances starting at once one does the work and the others wait for it. The lock is its transaction's:
 * one of a session would stay behind on a connection that a pooler hands to somebody else.
 */
export async function inTurn(url: string, work: (connection: pg.Client) => Promise<unknown>): Promise<void> {
  const connection = new pg.Client({ connectionString: url, application_name: 'voorportaal start' })
  // Whoever waits for an answer hears of it; unheard between two questions it would end the process.
  connection.on('error', () => {
    /* the next question fails */
  })
  await connection.connect()
  try {
    await connection.query('begin')
    await connection.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0')
    await connection.query('select pg_advisory_xact_lock($1)', [startLock])
    await work(connection)
    await connection.query('commit')
  } finally {
    await connection.end()
  }
}

/** One step of the schema: the name it is kept by in the database, and what it does. */
export interface MigrationStep {
  name: string
  class: new (...args: ConstructorParameters<typeof Migration>) => Migration
}

/** Lets the server end what nobody waits for any more, unless the operator gave this role a time of its own. */
async function ownTimeOut(connection: pg.Client): Promise<void> {
  const {
    rows: [role],
  } = await connection.query(
    `select reset_val as time, current_user as name, current_database() as database from pg_settings where name = 'statement_timeout'`,
  )
  if (role.time !== '0') return
  const [name, database] = [connection.escapeIdentifier(role.name), connection.escapeIdentifier(role.database)]
  await connection.query(`alter role ${name} in database ${database} set statement_timeout = ${patience.query_timeout}`)
}

/**
 * Brings the schema up to date, once, however many instances start. It has a connection of its own without time-outs:
 * an index on a large table may take longer than any page.
 * @param steps every migration there is, oldest first
 * @throws Error when the database holds a migration this release does not know: it was written by a newer one
 */
export const migrate = (url: string, steps: readonly MigrationStep[], log: Log): Promise<void> =>
  inTurn(url, async (connection) => {
    await ownTimeOut(connection)
    const orm = await MikroORM.init({
      entities: [],
      discovery: { warnWhenNoEntities: false },
      clientUrl: url,
      logger: (message) => log.debug(message),
      colors: false,
      extensions: [Migrator],
      migrations: { migrationsList: [...steps], snapshot: false, allOrNothing: true },
      pool: { min: 0, max: 2 },
      driverOptions: {
        Client: Connection,
        pipeline: true,
        prepares: false,
        application_name: 'voorportaal migrations',
      },
    })
    try {
      const known = new Set(steps.map(({ name }) => name))
      const unknown = (await orm.migrator.getExecuted()).find(({ name }) => !known.has(name))
      if (unknown)
        throw new Error(
          `This release is older than the database: it does not know the migration ${unknown.name}. Start the release that made it or a newer one, or restore a backup from before.`,
        )
      await orm.em.fork().transactional(async (em) => {
        await em.execute('set local statement_timeout = 0')
        // The library types its own transaction as unknown.
        await orm.migrator.up({ transaction: em.getTransactionContext() as never })
      })
    } finally {
      await orm.close()
    }
  })

/**
 * Makes a database whose owner is no superuser, so that the wall holds for the owner's own connection as well.
 * @param superuserUrl a connection that may create roles and databases (the embedded server's)
 * @returns the address to use from then on; calling it again changes nothing
 */
export async function ownedDatabase(superuserUrl: string, name: string): Promise<string> {
  const address = new URL(superuserUrl)
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    const password = client.escapeLiteral(decodeURIComponent(address.password))
    // Until the end of this connection, which goes through no pooler: no database can be made in a transaction.
    await client.query('select pg_advisory_lock($1)', [startLock])
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = 'portal_app') then create role portal_app nologin; end if;
      if not exists (select from pg_roles where rolname = 'portal_owner') then create role portal_owner login nosuperuser; grant portal_app to portal_owner; end if;
      if not exists (select from pg_roles where rolname = 'portal_search') then create role portal_search nologin; end if;
      -- To give it a function, without its rights; before PostgreSQL 16 there is no such membership.
      if current_setting('server_version_num')::int >= 160000 then
        execute 'grant portal_search to portal_owner with inherit false';
      end if;
    end $$`)
    await client.query(`alter role portal_owner password ${password}`)
    const database = await client.query('select from pg_database where datname = $1', [name])
    if (!database.rowCount) await client.query(`create database ${client.escapeIdentifier(name)} owner portal_owner`)
  } finally {
    await client.end()
  }
  address.username = 'portal_owner'
  address.pathname = `/${name}`
  return address.href
}
