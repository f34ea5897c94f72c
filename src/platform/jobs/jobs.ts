import { PgBoss } from 'pg-boss'
import { stopwatch } from '../clock.ts'
import type { Log } from '../log/log.ts'
import type { Metrics } from '../log/metrics.ts'

const DRAIN_MS = 25_000
/** A job of a process that was killed is free again after this silence; pg-boss sends the sign of life itself. */
const SILENCE_SECONDS = 30
const LONGEST_SECONDS = 3600

/** `signal` aborts when the job takes too long; long work should look at it. */
export type Work = (signal: AbortSignal) => Promise<unknown>

export interface Jobs {
  /** A cron expression (minutes) or a number of seconds. Only before `start`. */
  every(when: string | number, name: string, work: Work): void
  start(): Promise<void>
  /** Takes no new work and lets running work finish, at most 25 seconds. A second call waits for the first. */
  stop(): Promise<void>
}

/** A job as it was said. */
interface Planned {
  when: string | number
  work: Work
}

/**
 * Work that happens by itself. Of all processes on one database one does each turn, and never two at once; a turn
 * that fails or whose process dies is tried again: with cron after half a minute (three times), else at the next turn.
 * Follows the database's time, in `timeZone` for cron. A turn that comes while the former still runs is left out.
 */
export function createJobs({
  connectionString,
  log,
  metrics,
  timeZone = 'Europe/Amsterdam',
}: {
  connectionString: string
  log: Log
  metrics?: Pick<Metrics, 'job'>
  timeZone?: string
}): Jobs {
  const boss = openQueue(connectionString, log)
  const planned = new Map<string, Planned>()
  const timers: NodeJS.Timeout[] = []
  let stopping: Promise<void> | null = null

  async function plan(name: string, { when, work }: Planned): Promise<void> {
    await createQueueFor(boss, name, when)
    await boss.work(
      name,
      { pollingIntervalSeconds: typeof when === 'number' ? Math.max(0.5, when / 2) : 2 },
      async ([job]) => {
        if (job) await perform({ name, log, metrics }, () => work(job.signal))
      },
    )
    if (typeof when === 'string') return boss.schedule(name, when, null, { tz: timeZone, missed: 'once' })
    timers.push(setInterval(() => void ask(name, when), when * 1000))
  }

  /** Every process asks; the queue keeps one per stretch of `seconds`. */
  async function ask(name: string, seconds: number): Promise<void> {
    await boss
      .send(name, null, { singletonSeconds: seconds })
      .catch((err) => log.error({ err, job: name }, 'the job could not be asked for'))
  }

  return {
    every(when, name, work) {
      planned.set(name, { when, work })
    },
    async start() {
      await boss.start()
      await forgetOthers(boss, planned)
      for (const [name, job] of planned) await plan(name, job)
    },
    stop() {
      timers.forEach(clearInterval)
      return (stopping ??= boss.stop({ graceful: true, timeout: DRAIN_MS }))
    },
  }
}

function openQueue(connectionString: string, log: Log): PgBoss {
  const boss = new PgBoss({
    connectionString,
    max: 4,
    connectionTimeoutMillis: 5000,
    application_name: 'portal jobs',
    superviseIntervalSeconds: SILENCE_SECONDS,
    monitorIntervalSeconds: SILENCE_SECONDS,
    cronWorkerIntervalSeconds: 1,
  })
  boss.on('error', (err) => log.error({ err }, 'the job queue stumbled'))
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'the job queue warns'))
  return boss
}

async function createQueueFor(boss: PgBoss, name: string, when: Planned['when']): Promise<void> {
  const retry = typeof when === 'string' ? { retryLimit: 3, retryDelay: 30, retryBackoff: true } : { retryLimit: 0 }
  // Exclusive is decided by an index; with stately or singleton a stale count in the queue's cache can hold work up.
  await boss.createQueue(name, {
    policy: 'exclusive',
    ...retry,
    heartbeatSeconds: SILENCE_SECONDS,
    expireInSeconds: LONGEST_SECONDS,
    deleteAfterSeconds: 86_400,
  })
}

/** Schedules live in the database; those no longer in the code would fill a queue nobody empties. */
async function forgetOthers(boss: PgBoss, planned: ReadonlyMap<string, Planned>): Promise<void> {
  for (const { name } of await boss.getSchedules()) {
    if (typeof planned.get(name)?.when !== 'string') await boss.unschedule(name)
  }
}

async function perform(
  { name, log, metrics }: { name: string; log: Log; metrics: Pick<Metrics, 'job'> | undefined },
  work: () => Promise<unknown>,
): Promise<void> {
  const elapsed = stopwatch()
  try {
    await work()
    metrics?.job(name, 'done', elapsed() / 1000)
  } catch (err) {
    metrics?.job(name, 'failed', elapsed() / 1000)
    log.error({ err, job: name }, 'the job failed and is going to be tried again')
    throw err
  }
}
