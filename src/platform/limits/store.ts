import { randomUUID } from 'node:crypto'
import type { InferKyselyDB } from '@mikro-orm/postgresql'
import { expressionBuilder, Kysely, PostgresDialect, type AliasableExpression, type SqlBool } from 'kysely'
import pg from 'pg'
import { pipelined } from '../db/connection.ts'
import { patience } from '../db/database.ts'
import { anyOf } from '../db/lists.ts'
import { valueTypes } from '../db/types.ts'
import type { Attempt } from './attempt.ts'

type Tables = InferKyselyDB<typeof Attempt>
/** The attempts, on connections of their own. */
export type Attempts = Kysely<Tables>

/** Keeps these keys apart from the other advisory locks (`platform/db/locks.ts`). */
const space = 1

/** Opens a small pool; `onError` is told of a connection that broke. */
export function openAttempts(url: string, onError: (error: Error) => void, watch?: (pool: pg.Pool) => void): Attempts {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    ...patience,
    ...pipelined,
    types: valueTypes,
    application_name: 'voorportaal limits',
  })
  watch?.(pool)
  pool.on('error', onError)
  // While somebody works with a connection the pool does not listen to it: unheard, one that breaks would end the
  // process.
  pool.on('connect', (client) => client.on('error', onError))
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

/** Works alone on these keys, in one transaction: of many at the same moment each sees what the one before did. */
export const alone = <T>(db: Attempts, keys: string[], work: (inner: Attempts) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (inner) => {
    await lock(inner, keys)
    return work(inner)
  })

/** Always in the same order, so that two never wait for each other: what is selected is computed from the left. */
const lock = (db: Attempts, keys: string[]) =>
  db
    .selectNoFrom(({ fn, val, lit }) =>
      keys
        .toSorted()
        .map((key, nth) =>
          fn('pg_advisory_xact_lock', [fn('hashtextextended', [val(key), lit(space)])]).as(`locked${nth}`),
        ),
    )
    .execute()

/** Counts one under each of these keys. */
export const addAttempts = (db: Attempts, keys: string[], at: Date) =>
  db
    .insertInto('attempt')
    .values(keys.map((key) => ({ id: randomUUID(), key, at })))
    .execute()

/** How many there were since a moment, and the newest. */
export const attemptsSince = (db: Attempts, key: string, since: Date) =>
  db
    .selectFrom('attempt')
    .select(({ fn }) => [fn.countAll<number>().as('n'), fn.max<Date | null>('at').as('last')])
    .where('key', '=', key)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()

/** When the attempt was made that is the `nth` newest since a moment, from 1. */
export async function nthNewest(db: Attempts, key: string, since: Date, nth: number): Promise<Date | null> {
  const row = await db
    .selectFrom('attempt')
    .select('at')
    .where('key', '=', key)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .offset(nth - 1)
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? null
}

export const removeAttempts = (db: Attempts, keys: string[]) =>
  db.deleteFrom('attempt').where('key', '=', anyOf(keys)).execute()

export const removeBefore = (db: Attempts, moment: Date) => db.deleteFrom('attempt').where('at', '<', moment).execute()

/** Whether one of these bounds is reached now: a piece for a statement that asks more. */
export function isReached(key: string, bounds: readonly { most: number; since: Date }[]): AliasableExpression<SqlBool> {
  const eb = expressionBuilder<Tables>()
  const made = (since: Date) =>
    eb
      .selectFrom('attempt')
      .select((each) => each.fn.countAll<number>().as('n'))
      .where('attempt.key', '=', key)
      .where('attempt.at', '>', since)
  return eb.or(bounds.map(({ most, since }) => eb(made(since), '>=', most)))
}
