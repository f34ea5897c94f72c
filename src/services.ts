import { join } from 'node:path'
import type { Express } from 'express'
import { migrations } from '../migrations/index.ts'
import { createAssets, type Assets } from './platform/http/assets.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config/config.ts'
import { freshEm, migrate, openDatabase, writeRoom } from './platform/db/database.ts'
import { inspectDatabase } from './platform/db/database-check.ts'
import { createHasher } from './platform/crypto/password-hash.ts'
import { openLimits } from './platform/limits/limits.ts'
import type { Texts } from './platform/i18n/texts.ts'
import type { Log } from './platform/log/log.ts'
import type { Delivery } from './platform/outbox/delivery.ts'
import { createMetrics, type Metrics } from './platform/log/metrics.ts'
import { createReadiness } from './platform/http/readiness.ts'
import { openSessions, type Sessions } from './platform/sessions/sessions.ts'
import { idleOverrides } from './tenancy/overrides.ts'
import { openPresentations } from './tenancy/presentation.ts'
import { followPublications } from './tenancy/follow.ts'
import { startFirms } from './tenancy/start-firms.ts'
import { allListed, compose, jobsAfter, type Modules } from './tenancy/compose.ts'
import type { Module } from './tenancy/manifest.ts'
import type { Services } from './tenancy/services.ts'
import { openTenants } from './tenancy/tenants.ts'
import { createApp } from './app.ts'
import { openBreachedList } from './identity/accounts/breached-list.ts'
import { openAnchor, queriesOf } from './identity/audit/index.ts'
import { openKeys } from './keys.ts'
import { modules as everyModule } from './modules.ts'
import { measure } from './gauges.ts'
import { openOutbox } from './outbox.ts'

export const project = join(import.meta.dirname, '..')

/** The installation with its routes open, ready to be listened to. */
export interface Portal {
  services: Services
  app: Express
  /**
   * From now on looks by itself for what waits in the outbox, and for firms that were published: a process that serves
   * does.
   */
  attend(): void
  /** Sends what waits in the outbox now; a test or a shutdown may wait for it. */
  sweepOutbox(): Promise<void>
  /** From now on this process says that it is not ready: it is on its way out. */
  leave(): void
  /** Lets everything go, in the order in which it leans on each other. */
  close(): Promise<void>
}

/** What everything is opened with. */
interface Opening {
  config: Config
  clock: Clock
  log: Log
  databaseUrl: string
  modules: Modules
  metrics: Metrics
}

/**
 * Opens everything on one database: schema up to date, firms that changed published, pages and outbox ready.
 * @param modules what the portal is made of; a test adds one of its own
 * @param publishes false: firms stay as they are published, whatever their files say by now
 * @throws Error when nothing was ever published and a firm's choices are wrong, or the database cannot be reached
 */
export async function openPortal({
  modules: listed = everyModule,
  publishes = true,
  ...given
}: Omit<Opening, 'modules' | 'metrics'> & { modules?: readonly Module[]; publishes?: boolean }): Promise<Portal> {
  const opening = { ...given, modules: compose(listed), metrics: createMetrics() }
  const { config, clock, log, databaseUrl, modules, metrics } = opening
  allListed(modules)
  await inspectDatabase(databaseUrl, log)
  await migrate(databaseUrl, [...migrations, ...listed.flatMap((module) => module.migrations ?? [])], log)
  const { orm, keyedDigest, ring, tenants, changed } = await openData(opening, publishes)
  const { limits, sessions } = await openLimitsAndSessions(opening)
  const assets = createAssets(join(project, 'static/built'))
  const beside = listed.flatMap((module) => module.views ?? [])
  const presentation = openPresentations({ project, assets, log, strict: !config.production, beside })
  const outbox = openOutbox({ config, clock, log, orm, tenants, presentation, metrics })
  const anchor = openAnchor({
    file: config.auditAnchor,
    firmOf: tenants.knownById,
    queryOf: queriesOf(orm),
    clock,
    log,
  })
  const leaked = config.breachedPasswords ? openBreachedList(config.breachedPasswords) : null
  const services: Services = {
    config,
    clock,
    log,
    orm,
    modules,
    tenants,
    limits,
    metrics,
    hasher: createHasher({ ring, log }),
    leaked,
    presentation,
    keyedDigest,
    wakeOutbox: outbox.wakeOutbox,
    logged: anchor.changed,
    anchorLog: anchor.anchor,
  }
  const roots = [join(project, 'views'), ...beside]
  warnOfIdle(changed, { config, log, texts: presentation(null).texts, roots })
  measure(services)
  return portalOf(services, { assets, sessions, outbox, anchor, leaked, databaseUrl })
}

/** The database with its keys, and the firms in it. Where one of them fails nothing stays open. */
async function openData({ config, clock, log, databaseUrl, modules, metrics }: Opening, publishes: boolean) {
  const orm = await openDatabase(databaseUrl, modules.entities, log, {
    watch: (pool) => metrics.pool('requests', pool),
  })
  try {
    const { ring, keyedDigest } = await openKeys({ config, orm, now: clock.now() })
    const publisher = {
      orm,
      ring,
      reader: modules.policy,
      now: clock.now(),
      jobs: jobsAfter(modules),
      unhurried: () => openDatabase(databaseUrl, modules.entities, log, { unhurried: true }),
    }
    const firms = await startFirms({ config, log, publishes }, publisher)
    const baseUrl = new URL(config.baseUrl)
    const tenants = openTenants({ ...firms, ...publisher, log, baseUrl, directory: config.tenantsDir })
    return { orm, ring, keyedDigest, tenants, changed: firms.changed }
  } catch (error) {
    await orm.close()
    throw error
  }
}

/** What every request needs beside the entities, each on connections of its own: limits and sessions. */
async function openLimitsAndSessions({ config, log, databaseUrl, metrics }: Opening) {
  const limits = openLimits(
    databaseUrl,
    (err) => log.warn({ err }, 'an idle connection of the limits broke'),
    (pool) => metrics.pool('limits', pool),
  )
  const sessions = await openSessions({
    redisUrl: config.redisUrl(),
    databaseUrl,
    secrets: config.sessionSecrets(),
    secure: new URL(config.baseUrl).protocol === 'https:',
    log,
    watch: (pool) => metrics.pool('sessions', pool),
  })
  return { limits, sessions }
}

/** What is opened beside the services and closed with them. */
interface Opened {
  assets: Assets
  sessions: Sessions
  outbox: Delivery
  anchor: { stop(): Promise<void> }
  leaked: { close(): void } | null
  databaseUrl: string
}

function portalOf(services: Services, { assets, sessions, outbox, anchor, leaked, databaseUrl }: Opened): Portal {
  const { config, log, orm } = services
  const readiness = createReadiness({
    log,
    folder: config.dataDir,
    sessions: sessions.check,
    // Of no table: whether anybody answers.
    database: () => freshEm(orm).execute('select 1'),
    write: () => writeRoom(orm),
  })
  let follows: ReturnType<typeof followPublications> | undefined
  return {
    services,
    app: createApp(services, { assets, sessions, readiness }),
    attend() {
      outbox.start()
      follows = followPublications(services.tenants, databaseUrl, log)
    },
    leave: readiness.stop,
    sweepOutbox: outbox.sweep,
    async close() {
      await follows?.()
      await outbox.stop()
      await anchor.stop()
      await sessions.close()
      await services.limits.close()
      await services.hasher.close()
      await orm.close()
      leaked?.close()
    },
  }
}

/** Says of firms that changed what in their folders replaces nothing. */
function warnOfIdle(
  slugs: string[],
  { config, log, ...portal }: { config: Config; log: Log; texts: Texts; roots: string[] },
): void {
  for (const firm of slugs) {
    const idle = idleOverrides(join(config.tenantsDir, firm, 'views'), portal)
    if (idle.length) log.warn({ firm, idle }, 'texts or pages of the firm replace none of the portal')
  }
}
