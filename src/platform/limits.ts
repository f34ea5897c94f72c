import pg from 'pg'

export interface Limit { most: number; within: Temporal.Duration }
/** Free tries, then waits that double from `first` to `most` and end by themselves. */
export interface Patience { freeFailures: number; first: string; most: string }

/**
 * Limits by counted attempts. Counting comes first and stays counted whatever happens to the act: it has connections of
 * its own, so that an act in a transaction never waits for its own limit. Keys are keyed digests: the table tells nothing.
 */
export interface Limits {
  /** @returns null when allowed (and counted), else how many seconds to wait */
  countAttempt(key: string, limit: Limit, now: Temporal.Instant): Promise<number | null>
  /**
   * Counts a try before it is judged; `forget` it when it turns out right.
   * @returns 0 to go on, else how many seconds to wait
   */
  countTry(key: string, patience: Patience, now: Temporal.Instant): Promise<number>
  /** The try was right: what went before under this key is forgiven. */
  forget(key: string): Promise<void>
  /** Removes what no limit looks at any more. */
  sweep(now: Temporal.Instant): Promise<void>
  close(): Promise<void>
}

const ms = (duration: string | Temporal.Duration) => Temporal.Duration.from(duration).total({ unit: 'milliseconds', relativeTo: '2026-01-01T00:00Z[UTC]' })
/** Failures older than this are forgiven. */
const forgiven = ms('P1D')
/** The longest any limit looks back. */
const remembered = ms('P31D')

/** Opens the limits on a small pool of their own. When it does not answer, what is limited is closed: the error goes up. */
export function openLimits(url: string, onError: (error: Error) => void): Limits {
  const pool = new pg.Pool({ connectionString: url, max: 4, connectionTimeoutMillis: 4000, query_timeout: 4000, application_name: 'voorportaal limits' })
  pool.on('error', onError)
  /** Works alone on a key: of many at the same moment each sees what the one before did. */
  const alone = async <T>(key: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [key])
      const result = await work(client)
      await client.query('commit')
      client.release()
      return result
    } catch (error) {
      client.release(true)
      throw error
    }
  }
  const count = (client: pg.PoolClient, key: string, at: Date) => client.query('insert into attempt (id, key, at) values (gen_random_uuid(), $1, $2)', [key, at])
  const made = async (client: pg.PoolClient, key: string, since: Date) =>
    (await client.query<{ n: number; oldest: Date | null; last: Date | null }>('select count(*)::int as n, min(at) as oldest, max(at) as last from attempt where key = $1 and at > $2', [key, since])).rows[0]
  return {
    countAttempt: (key, limit, now) => alone(key, async (client) => {
      const at = new Date(now.epochMilliseconds)
      const since = new Date(at.getTime() - ms(limit.within))
      const counted = await made(client, key, since)
      if (counted?.oldest && counted.n >= limit.most) return Math.max(1, Math.ceil((counted.oldest.getTime() - since.getTime()) / 1000))
      await count(client, key, at)
      return null
    }),
    countTry: (key, patience, now) => alone(key, async (client) => {
      const at = new Date(now.epochMilliseconds)
      const failed = await made(client, key, new Date(at.getTime() - forgiven))
      const over = (failed?.n ?? 0) - patience.freeFailures
      const until = failed?.last && over >= 0 ? failed.last.getTime() + Math.min(ms(patience.most), ms(patience.first) * 2 ** over) : 0
      if (until > at.getTime()) return Math.ceil((until - at.getTime()) / 1000)
      await count(client, key, at)
      return 0
    }),
    forget: async (key) => void await pool.query('delete from attempt where key = $1', [key]),
    sweep: async (now) => void await pool.query('delete from attempt where at < $1', [new Date(now.epochMilliseconds - remembered)]),
    close: () => pool.end(),
  }
}
