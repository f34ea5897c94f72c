import { join } from 'node:path'
import type { MikroORM } from '@mikro-orm/postgresql'
import { systemClock } from '../platform/clock.ts'
import { readConfig, type Config } from '../platform/config/config.ts'
import { migrate, openDatabase, ownedDatabase } from '../platform/db/database.ts'
import { createLog, type Log } from '../platform/log/log.ts'
import { startPostgres } from '../platform/db/embedded.ts'
import { migrations } from '../../migrations/index.ts'
import { modules } from '../modules.ts'
import { openPortal, type Portal } from '../services.ts'
import { compose } from '../tenancy/compose.ts'

/** What every command has in hand. */
export interface Given {
  /** What stands behind the command's name. */
  rest: string[]
  env: Record<string, string | undefined>
  say(text: string): void
}

/** A database with what was configured for it; `embedded`: the server's own administrator, where it is the embedded one. */
export interface AtDatabase {
  config: Config
  log: Log
  url: string
  embedded: string | null
}

/** Finds the database, starting the embedded one where that is used, and lets it go at the end. */
export async function withDatabase<T>(env: Given['env'], work: (at: AtDatabase) => Promise<T>): Promise<T> {
  const config = readConfig(env)
  const log = createLog({ level: 'warn' })
  const given = config.databaseUrl()
  const embedded = given ? null : await startPostgres({ directory: join(config.dataDir, 'postgres'), log })
  try {
    return await work({
      config,
      log,
      url: given ?? (await ownedDatabase(embedded?.url ?? '', 'portal')),
      embedded: embedded?.url ?? null,
    })
  } finally {
    await embedded?.stop()
  }
}

/** Reads the database without opening the installation: also where the keys do not fit. */
export const withEntities = <T>(env: Given['env'], work: (orm: MikroORM, at: AtDatabase) => Promise<T>): Promise<T> =>
  withDatabase(env, async (at) => {
    await migrate(at.url, migrations, at.log)
    const orm = await openDatabase(at.url, compose(modules).entities, at.log)
    try {
      return await work(orm, at)
    } finally {
      await orm.close()
    }
  })

/**
 * Opens the installation as the running portal has it, does one thing, and closes it. What changed in firms' files
 * meanwhile stays as it is.
 */
export const withPortal = <T>(env: Given['env'], work: (open: Portal) => Promise<T>): Promise<T> =>
  withDatabase(env, async ({ config, log, url }) => {
    const open = await openPortal({ config, clock: systemClock(), log, databaseUrl: url, publishes: false })
    try {
      return await work(open)
    } finally {
      await open.close()
    }
  })
