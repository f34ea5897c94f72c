import { stopwatch } from '../clock.ts'
import type { Log } from '../log/log.ts'
import type { HashJob } from './hash-child.ts'
import { Died, Stuck, startHashProcess, type HashProcess } from './hash-process.ts'

/** Seconds one hash takes, before any was measured. */
const GUESS = 0.05
/** How much the newest measurement counts for. */
const WEIGHT = 0.1
/** In seconds: who would wait longer is better told at once. */
const LONGEST_WAIT = 3

/** Too many hashes are waiting already. Answer 503 with this Retry-After (seconds). */
export class Busy extends Error {
  override name = 'Busy'
  readonly retryAfter: number
  constructor(retryAfter: number) {
    super('Too many passwords are being checked at this moment.')
    this.retryAfter = retryAfter
  }
}

/** Hashes in child processes, started when first needed; each computes one at a time. */
export interface HashQueue {
  /** @throws Busy when the wait would be too long, or the process stood still or died twice; Error when the job is wrong */
  run(job: HashJob): Promise<string | boolean>
  /** Keeps room for a hash that is asked for later, until it is disposed of. @throws Busy at once when there is none */
  reserve(): Disposable
  load(): { running: number; waiting: number }
  /** The ids of the processes that live. */
  pids(): number[]
  /** Ends the processes; what is still under way is answered with Busy. */
  close(): Promise<void>
}

/**
 * @param atOnce how many processes at most
 * @param mostWaiting how many jobs wait at most
 * @param patience in milliseconds: a hash that takes longer is given up, and its process ended
 */
export function createHashQueue({
  atOnce,
  mostWaiting,
  patience = 10_000,
  log,
}: {
  atOnce: number
  mostWaiting: number
  patience?: number
  log?: Log
}): HashQueue {
  const { idle, take, end, pids } = processes(patience, log)
  const places = createPlaces({ atOnce, mostWaiting })

  async function once(job: HashJob): Promise<string | boolean> {
    if (places.closed()) throw places.busy()
    const took = stopwatch()
    const { child, fresh } = take()
    try {
      return await child.run(job)
    } finally {
      if (child.alive()) idle.push(child)
      if (!fresh) places.took(took() / 1000)
    }
  }
  return {
    reserve: places.reserve,
    load: places.load,
    pids,
    async run(job) {
      await places.enter()
      try {
        return await once(job).catch((error: unknown) => {
          if (error instanceof Died) return once(job)
          throw error
        })
      } catch (error) {
        throw error instanceof Died || error instanceof Stuck ? places.busy() : error
      } finally {
        places.leave()
      }
    },
    async close() {
      places.close()
      await end()
    },
  }
}

/** So many work at once, so many wait, and nobody waits longer than is bearable by what one hash takes. */
function createPlaces({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }) {
  const waiting: (() => void)[] = []
  let running = 0
  let reserved = 0
  let seconds = GUESS
  let closed = false
  const expected = (before: number) => ((before + 1) * seconds) / atOnce
  const hasRoom = (before: number) => !closed && before < mostWaiting && expected(before) < LONGEST_WAIT
  const busy = () => new Busy(Math.ceil(1 + expected(Math.max(waiting.length, reserved - atOnce))))
  return {
    busy,
    load: () => ({ running, waiting: waiting.length }),
    closed: () => closed,
    close: () => void (closed = true),
    /** What one hash took, in seconds. */
    took: (measured: number) => void (seconds += WEIGHT * (measured - seconds)),
    reserve(): Disposable {
      if (reserved >= atOnce && !hasRoom(reserved - atOnce)) throw busy()
      reserved++
      return { [Symbol.dispose]: () => void reserved-- }
    },
    async enter(): Promise<void> {
      if (closed) throw busy()
      if (running < atOnce) running++
      else if (hasRoom(waiting.length)) await new Promise<void>((resume) => waiting.push(resume))
      else throw busy()
    },
    leave(): void {
      const next = waiting.shift()
      // The place is handed over, not given back, so nobody can slip in between.
      if (next) next()
      else running--
    },
  }
}

/** The processes that live, and those of them that have nothing to do. */
function processes(patience: number, log?: Log) {
  const all = new Set<HashProcess>()
  const idle: HashProcess[] = []
  function start(): HashProcess {
    for (const each of all) if (!each.alive()) all.delete(each)
    try {
      const child = startHashProcess(patience, log)
      all.add(child)
      return child
    } catch (err) {
      log?.error({ err }, 'no process for password hashes could be started')
      throw new Died('It could not start.', { cause: err })
    }
  }
  return {
    idle,
    /** One that has nothing to do, the latest used first; else a new one, which needs a moment to start. */
    take(): { child: HashProcess; fresh: boolean } {
      for (let child = idle.pop(); child; child = idle.pop()) if (child.alive()) return { child, fresh: false }
      return { child: start(), fresh: true }
    },
    pids: () => [...all].flatMap(({ alive, pid }) => (alive() && pid !== undefined ? [pid] : [])),
    async end() {
      await Promise.all([...all].map((each) => each.end()))
    },
  }
}
