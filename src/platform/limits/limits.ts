import pg from 'pg'
import { pipelined } from '../db/connection.ts'
import { patience } from '../db/database.ts'

export interface Limit {
  most: number
  within: Temporal.Duration
}
/** Free tries, then waits that double from `first` to `most` and end by themselves. Failures are remembered for `within` (a day). */
export interface Patience {
  freeFailures: number
  first: string
  most: string
  within?: string
}
/** One of the counts a try adds to. */
export interface Count {
  key: string
  patience: Patience
}
/** Seconds to wait and the place of the count that says so; 0 to go on, and then at how many failures in a row each count stands, this try taken as one. */
export interface Counted {
  wait: number
  longest: number
  failures: number[]
}

/**
 * Limits by counted attempts. Counting comes first and stays counted whatever happens to the act: it has connections of
 * its own, so that an act in a transaction never waits for its own limit. Keys are keyed digests: the table tells nothing.
 */
export interface Limits {
  /** Counts once, against every limit given. @returns null when allowed (and counted), else how many seconds to wait */
  countAttempt(key: string, limit: Limit | Limit[], now: Temporal.Instant): Promise<number | null>
  /** What `countAttempt` would say, without counting: for a page. */
  waitFor(key: string, limit: Limit | Limit[], now: Temporal.Instant): Promise<number | null>
  /** How many were counted under this key within a time. */
  made(key: string, within: Temporal.Duration, now: Temporal.Instant): Promise<number>
  /**
   * Counts a try before it is judged, in every count given or, where one of them has to wait, in none; `forget` them when
   * it turns out right.
   */
  countTry(counts: Count[], now: Temporal.Instant): Promise<Counted>
  /** The try was right: what went before under these keys is forgiven. */
  forget(...keys: string[]): Promise<void>
  /** Removes what no limit looks at any more. */
  sweep(now: Temporal.Instant): Promise<void>
  close(): Promise<void>
}

const ms = (duration: string | Temporal.Duration) =>
  Temporal.Duration.from(duration).total({ unit: 'milliseconds', relativeTo: '2026-01-01T00:00Z[UTC]' })
/** Failures older than this are forgiven, unless said otherwise. */
const forgiven = 'P1D'
/** The longest any limit looks back. */
const remembered = ms('P31D')

/** Opens the limits on a small pool of their own. When it does not answer, what is limited is closed: the error goes up. */
export function openLimits(url: string, onError: (error: Error) => void, watch?: (pool: pg.Pool) => void): Limits {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    ...patience,
    ...pipelined,
    application_name: 'voorportaal limits',
  })
  watch?.(pool)
  pool.on('error', onError)
  // While somebody works with a connection the pool does not listen to it: unheard, one that breaks would end the process.
  pool.on('connect', (client) => client.on('error', onError))
  /** Works alone on these keys: of many at the same moment each sees what the one before did. */
  const alone = async <T>(keys: string[], work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      // Always in the same order, so that two never wait for each other: a connection answers in the order it is asked.
      const locked = keys
        .toSorted()
        .map((key) => client.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [key]))
      await Promise.all(locked)
      const result = await work(client)
      await client.query('commit')
      client.release()
      return result
    } catch (error) {
      client.release(true)
      throw error
    }
  }
  const count = (client: pg.PoolClient, key: string, at: Date) =>
    client.query('insert into attempt (id, key, at) values (gen_random_uuid(), $1, $2)', [key, at])
  const made = async (client: Pick<pg.PoolClient, 'query'>, key: string, since: Date) =>
    (
      await client.query<{ n: number; last: Date | null }>(
        'select count(*)::int as n, max(at) as last from attempt where key = $1 and at > $2',
        [key, since],
      )
    ).rows[0]
  /** How a count stands: the failures so far, and the milliseconds until one may try again. */
  const standing = async (
    client: pg.PoolClient,
    { key, patience: { freeFailures, first, most, within = forgiven } }: Count,
    at: Date,
  ) => {
    const { n: failures = 0, last = null } = (await made(client, key, new Date(at.getTime() - ms(within)))) ?? {}
    const over = failures - freeFailures
    const until = last && over >= 0 ? last.getTime() + Math.min(ms(most), ms(first) * 2 ** over) : 0
    return { failures, wait: Math.max(0, until - at.getTime()) }
  }
  /** The longest wait of all limits: each is over when the attempt that fills it is long enough ago. */
  const wait = async (
    client: Pick<pg.PoolClient, 'query'>,
    key: string,
    limits: Limit | Limit[],
    at: Date,
  ): Promise<number | null> => {
    let longest = 0
    // One after the other: a connection answers one question at a time.
    for (const { most, within } of [limits].flat()) {
      const {
        rows: [filling],
      } = await client.query<{ at: Date }>(
        'select at from attempt where key = $1 and at > $2 order by at desc offset $3 limit 1',
        [key, new Date(at.getTime() - ms(within)), most - 1],
      )
      if (filling) longest = Math.max(longest, 1, Math.ceil((filling.at.getTime() + ms(within) - at.getTime()) / 1000))
    }
    return longest || null
  }
  return {
    countAttempt: (key, limits, now) =>
      alone([key], async (client) => {
        const at = new Date(now.epochMilliseconds)
        const seconds = await wait(client, key, limits, at)
        if (seconds === null) await count(client, key, at)
        return seconds
      }),
    waitFor: (key, limits, now) => wait(pool, key, limits, new Date(now.epochMilliseconds)),
    made: async (key, within, now) => (await made(pool, key, new Date(now.epochMilliseconds - ms(within))))?.n ?? 0,
    countTry: (counts, now) =>
      alone(
        counts.map(({ key }) => key),
        async (client) => {
          const at = new Date(now.epochMilliseconds)
          const stands = await Promise.all(counts.map((each) => standing(client, each, at)))
          const waits = stands.map((each) => Math.ceil(each.wait / 1000))
          const wait = Math.max(...waits)
          if (wait > 0) return { wait, longest: waits.indexOf(wait), failures: [] }
          await Promise.all(counts.map(({ key }) => count(client, key, at)))
          return { wait, longest: 0, failures: stands.map(({ failures }) => failures + 1) }
        },
      ),
    forget: async (...keys) => void (await pool.query('delete from attempt where key = any ($1)', [keys])),
    sweep: async (now) =>
      void (await pool.query('delete from attempt where at < $1', [new Date(now.epochMilliseconds - remembered)])),
    close: () => pool.end(),
  }
}
