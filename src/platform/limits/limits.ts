import type pg from 'pg'
import {
  addAttempts,
  alone,
  attemptsSince,
  nthNewest,
  openAttempts,
  removeAttempts,
  removeBefore,
  type Attempts,
} from './store.ts'

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
/** A limit beside them, that right ones add to as well: how many tries there may be in all, from one network say. */
export interface Cap {
  key: string
  limit: Limit
}
/** Seconds to wait and the place of the count that says so; 0 to go on, and then at how many failures in a row each count stands, this try taken as one. */
export interface Counted {
  wait: number
  longest: number
  failures: number[]
  /** Seconds to wait because the cap is reached, though the try was counted; null to go on. */
  capped: number | null
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
   * @param cap counted with them, unless it is reached; nobody forgets it
   */
  countTry(counts: Count[], now: Temporal.Instant, cap?: Cap | null): Promise<Counted>
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

const before = (at: Date, time: string | Temporal.Duration): Date => new Date(at.getTime() - ms(time))
const dateOf = (now: Temporal.Instant): Date => new Date(now.epochMilliseconds)

/** How a count stands: the failures so far, and the milliseconds until one may try again. */
async function failuresSoFar(
  db: Attempts,
  { key, patience: { freeFailures, first, most, within = forgiven } }: Count,
  at: Date,
): Promise<{ failures: number; wait: number }> {
  const { n: failures, last } = await attemptsSince(db, key, before(at, within))
  const over = failures - freeFailures
  const until = last && over >= 0 ? last.getTime() + Math.min(ms(most), ms(first) * 2 ** over) : 0
  return { failures, wait: Math.max(0, until - at.getTime()) }
}

/** The longest wait of all limits, in seconds: each is over when the attempt that fills it is long enough ago. */
async function wait(db: Attempts, key: string, limits: Limit | Limit[], at: Date): Promise<number | null> {
  const waits = await Promise.all(
    [limits].flat().map(async ({ most, within }) => {
      const filling = await nthNewest(db, key, before(at, within), most)
      return filling ? Math.max(1, Math.ceil((filling.getTime() + ms(within) - at.getTime()) / 1000)) : 0
    }),
  )
  return Math.max(0, ...waits) || null
}

async function countTry(db: Attempts, counts: Count[], at: Date, cap: Cap | null): Promise<Counted> {
  const [capped, ...soFar] = await Promise.all([
    cap && wait(db, cap.key, cap.limit, at),
    ...counts.map((each) => failuresSoFar(db, each, at)),
  ])
  const waits = soFar.map((each) => Math.ceil(each.wait / 1000))
  const longest = Math.max(...waits)
  if (longest > 0) return { wait: longest, longest: waits.indexOf(longest), failures: [], capped: null }
  const counted = cap && capped === null ? [...counts, cap] : counts
  await addAttempts(
    db,
    counted.map(({ key }) => key),
    at,
  )
  return { wait: 0, longest: 0, failures: soFar.map(({ failures }) => failures + 1), capped }
}

/** Opens the limits on a small pool of their own. When it does not answer, what is limited is closed: the error goes up. */
export function openLimits(url: string, onError: (error: Error) => void, watch?: (pool: pg.Pool) => void): Limits {
  const db = openAttempts(url, onError, watch)
  return {
    countAttempt: (key, limits, now) =>
      alone(db, [key], async (inner) => {
        const seconds = await wait(inner, key, limits, dateOf(now))
        if (seconds === null) await addAttempts(inner, [key], dateOf(now))
        return seconds
      }),
    waitFor: (key, limits, now) => wait(db, key, limits, dateOf(now)),
    made: async (key, within, now) => (await attemptsSince(db, key, before(dateOf(now), within))).n,
    countTry: (counts, now, cap = null) =>
      alone(
        db,
        [...counts, ...(cap ? [cap] : [])].map(({ key }) => key),
        (inner) => countTry(inner, counts, dateOf(now), cap),
      ),
    forget: async (...keys) => void (await removeAttempts(db, keys)),
    sweep: async (now) => void (await removeBefore(db, new Date(now.epochMilliseconds - remembered))),
    close: () => db.destroy(),
  }
}
