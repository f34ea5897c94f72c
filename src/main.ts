import { mkdirSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stopwatch, systemClock, type ClockMemory } from './platform/clock.ts'
import { ConfigError, readConfig, type Config } from './platform/config/config.ts'
import { inTurn, ownedDatabase } from './platform/db/database.ts'
import { createJobs, type Jobs } from './platform/jobs/jobs.ts'
import { createLog, type Log } from './platform/log/log.ts'
import { serveMetrics } from './platform/log/metrics-server.ts'
import { startPostgres } from './platform/db/embedded.ts'
import { logProcess } from './platform/log/process-log.ts'
import { checkPort, serve, type Serving } from './platform/http/server.ts'
import { version } from './platform/config/version.ts'
import { openPortal, type Portal } from './services.ts'
import { plan } from './schedule.ts'
import { loadPeople, welcome } from './modules/development/index.ts'

/**
 * In milliseconds: how long requests are still accepted after SIGTERM, so that a proxy which asks `/ready` every second
 * sends them elsewhere; and how long those under way may take then. A person at a keyboard (SIGINT) needs no notice.
 */
const wait = { SIGTERM: { notice: 2000, drain: 10_000 }, SIGINT: { notice: 0, drain: 10_000 } } as const
type Signal = keyof typeof wait
/** A terminal's Ctrl-C reaches us twice when npm passes it on as well; a person who means it again takes longer. */
const twice = 500

/** In development the clock can be moved forward, and stays so after a restart. */
function clockMemory({ dataDir }: Config): ClockMemory {
  const file = join(dataDir, 'clock')
  return {
    load: () => (existsSync(file) ? readFileSync(file, 'utf8') : null),
    save: (offset) => writeFileSync(file, offset),
  }
}

/** The address of the database: the operator's own, or that of the embedded server, which `end` stops again, also when it was still starting. */
async function databaseOf(config: Config, log: Log, end: AsyncDisposableStack): Promise<string> {
  const given = config.databaseUrl()
  if (given) return given
  const starting = startPostgres({ directory: join(config.dataDir, 'postgres'), log })
  end.defer(() =>
    starting.then(
      (embedded) => embedded.stop(),
      () => {
        /* it never ran */
      },
    ),
  )
  return ownedDatabase((await starting).url, 'portal')
}

interface Running {
  open: Portal
  jobs: Jobs
  serving: Serving
}

/** Starts everything; whatever was begun when it fails or is told to stop, `end` ends, the last first. */
async function start(config: Config, log: Log, end: AsyncDisposableStack): Promise<Running> {
  const address = { port: config.port, host: config.host }
  await checkPort(address)
  if (config.metrics) await checkPort(config.metrics, 'METRICS_')
  log.info({ version, node: process.version }, 'Voorportaal starts')
  // In production `npm run build` did it, and the tools for it are not installed.
  if (!config.production) await (await import('../static/build.ts')).buildStatic()
  mkdirSync(config.dataDir, { recursive: true, mode: 0o711 })
  const databaseUrl = await databaseOf(config, log, end)
  const clock = config.production ? systemClock() : systemClock(clockMemory(config))
  const open = await openPortal({ config, clock, log, databaseUrl })
  end.defer(() => open.close())
  const jobs = createJobs({ connectionString: databaseUrl, log, metrics: open.services.metrics })
  plan(jobs, open.services)
  end.defer(() => jobs.stop())
  await jobs.start()
  if (!config.production) await inTurn(databaseUrl, () => loadPeople(open.services))
  if (config.metrics) end.defer(await serveMetrics(open.services.metrics, config.metrics, log))
  const serving = await serve(open.app, address)
  process.stdout.write(
    config.production
      ? `Voorportaal ${version} listens on ${config.host}:${serving.port}\n`
      : await welcome(open.services),
  )
  // Last: what is begun from here on can be stopped in the middle.
  open.attend()
  return { open, jobs, serving }
}

/** Serves until it is told to stop. @returns the exit code */
async function run(): Promise<number> {
  const config = readConfig(process.env)
  const log = createLog({ level: config.logLevel })
  const end = new AsyncDisposableStack()
  const told = Promise.withResolvers<{ signal: Signal; code: number }>()
  let serving: Serving | null = null
  let since: (() => number) | null = null
  const tell = (signal: Signal, code: number) => {
    if (since && since() > twice) serving?.hurry()
    since ??= stopwatch()
    told.resolve({ signal, code })
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => tell(signal, 0))
  logProcess(log, () => tell('SIGINT', 1))
  try {
    const running = start(config, log, end)
    // Who is told to stop while starting does not wait for the rest of it.
    const begun = await Promise.race([running, told.promise.then(() => null)])
    serving = begun?.serving ?? null
    running.catch(() => {
      /* said where it is awaited, or nobody is interested any more */
    })
    const { signal, code } = await told.promise
    if (begun) {
      begun.open.leave()
      await Promise.all([begun.serving.stop(wait[signal]), begun.jobs.stop()])
    }
    return code
  } finally {
    // Whatever does not end well must not hide why we end.
    await end.disposeAsync().catch((err: unknown) => log.error({ err }, 'not everything ended well'))
  }
}

try {
  process.exit(await run())
} catch (error) {
  // What the operator can mend is said in words; only a fault of ours deserves its trace.
  const known =
    error instanceof ConfigError ||
    (error instanceof Error && !['TypeError', 'ReferenceError', 'RangeError'].includes(error.name))
  process.stderr.write(`${known ? (error).message : (error as Error).stack}\n`)
  process.exit(1)
}
