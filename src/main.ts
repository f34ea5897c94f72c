import { mkdirSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { systemClock, type ClockMemory } from './platform/clock.ts'
import { ConfigError, readConfig, type Config } from './platform/config.ts'
import { inTurn, ownedDatabase } from './platform/database.ts'
import { createJobs } from './platform/jobs.ts'
import { createLog } from './platform/log.ts'
import { startPostgres, type Postgres } from './platform/postgres.ts'
import { openHouse } from './open-house.ts'
import { plan } from './schedule.ts'
import { loadPeople, welcome } from './rooms/dev/index.ts'

/** How long requests under way may take to finish after SIGTERM, in milliseconds. */
const drain = 10_000

/** In development the clock can be moved forward, and stays so after a restart. */
function clockMemory({ dataDir }: Config): ClockMemory {
  const file = join(dataDir, 'clock')
  return { load: () => existsSync(file) ? readFileSync(file, 'utf8') : null, save: (offset) => writeFileSync(file, offset) }
}

async function start(config: Config): Promise<void> {
  const log = createLog({ level: config.logLevel })
  // In production `npm run build` did it, and the tools for it are not installed.
  if (!config.production) await (await import('../static/build.ts')).buildStatic()
  mkdirSync(config.dataDir, { recursive: true, mode: 0o711 })
  const given = config.databaseUrl()
  const embedded: Postgres | null = given ? null : await startPostgres({ directory: join(config.dataDir, 'postgres'), log })
  const databaseUrl = given ?? await ownedDatabase(embedded?.url ?? '', 'portal')
  const clock = config.production ? systemClock() : systemClock(clockMemory(config))
  const open = await openHouse({ config, clock, log, databaseUrl })
  const jobs = createJobs({ connectionString: databaseUrl, log })
  plan(jobs, open)
  await jobs.start()
  if (!config.production) await inTurn(databaseUrl, () => loadPeople(open.house))
  const server = createServer(open.app)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(config.port, config.host, resolve))
  process.stdout.write(config.production ? `Voorportaal listens on ${config.host}:${config.port}\n` : await welcome(open.house))
  const stop = async () => {
    const answered = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), drain).unref()
    await answered
    await jobs.stop()
    await open.close()
    await embedded?.stop()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())
  // Last: what is begun from here on can be stopped in the middle.
  open.deliver()
}

try {
  await start(readConfig(process.env))
} catch (error) {
  // What the operator can mend is said in words; only a fault of ours deserves its trace.
  const known = error instanceof ConfigError || (error instanceof Error && !['TypeError', 'ReferenceError', 'RangeError'].includes(error.name))
  process.stderr.write(`${known ? (error as Error).message : (error as Error).stack}\n`)
  process.exit(1)
}
