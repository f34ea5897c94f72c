import { join } from 'node:path'
import type { Express } from 'express'
import { migrations } from '../migrations/index.ts'
import { createAssets } from './platform/http/assets.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config/config.ts'
import { freshEm, migrate, openDatabase, writeRoom } from './platform/db/database.ts'
import { inspectDatabase } from './platform/db/database-check.ts'
import { createHasher } from './platform/crypto/password-hash.ts'
import { openLimits } from './platform/limits/limits.ts'
import type { Log } from './platform/log/log.ts'
import { createMetrics } from './platform/log/metrics.ts'
import { createReadiness } from './platform/http/readiness.ts'
import { openSessions } from './platform/sessions/sessions.ts'
import { idleOverrides } from './tenancy/overrides.ts'
import { mailLogos, openPresentations } from './tenancy/presentation.ts'
import { allListed, compose } from './tenancy/compose.ts'
import type { Module } from './tenancy/manifest.ts'
import type { Services } from './tenancy/services.ts'
import { emOf, openTenants, readTenants } from './tenancy/tenants.ts'
import { createApp } from './app.ts'
import { openBreachedList } from './identity/accounts/breached-list.ts'
import { openAnchor } from './identity/audit/index.ts'
import { openKeys } from './keys.ts'
import { modules as everyModule } from './modules.ts'
import { measure } from './gauges.ts'
import { openOutbox } from './outbox.ts'

export const project = join(import.meta.dirname, '..')

/** The installation with its routes open, ready to be listened to. */
export interface Portal {
  services: Services
  app: Express
  /** From now on looks by itself for what waits in the outbox: a process that serves does. */
  deliver(): void
  /** Sends what waits in the outbox now; a test or a shutdown may wait for it. */
  sweepOutbox(): Promise<void>
  /** From now on this process says that it is not ready: it is on its way out. */
  leave(): void
  /** Lets everything go, in the order in which it leans on each other. */
  close(): Promise<void>
}

/** In production a firm that sends codes by SMS needs a gateway. @throws Error naming the firms */
function mustReach({ production, sms }: Config, firms: string[]): void {
  if (production && !sms && firms.length)
    throw new Error(`SMS_URL: set it to your SMS gateway; these firms send codes by SMS: ${firms.join(', ')}`)
}

/**
 * Opens everything on one database: schema up to date, firms read and published, pages and post ready.
 * @param modules what the portal is made of; a test adds one of its own
 * @throws Error when a firm's choices are wrong (nothing is touched then), or the database cannot be reached
 */
export async function openPortal({
  config,
  clock,
  log,
  databaseUrl,
  modules: listed = everyModule,
}: {
  config: Config
  clock: Clock
  log: Log
  databaseUrl: string
  modules?: readonly Module[]
}): Promise<Portal> {
  const modules = compose(listed)
  allListed(modules)
  const wishes = readTenants(config.tenantsDir, modules.policy)
  mustReach(
    config,
    wishes.filter(({ policy }) => policy.secondFactor.of.includes('sms')).map(({ slug }) => slug),
  )
  await inspectDatabase(databaseUrl, log)
  await migrate(databaseUrl, [...migrations, ...listed.flatMap((module) => module.migrations ?? [])], log)
  const metrics = createMetrics()
  const orm = await openDatabase(databaseUrl, modules.entities, log, (pool) => metrics.pool('requests', pool))
  const { ring, keyedDigest } = await openKeys({ config, orm, now: clock.now() }).catch(async (error: unknown) => {
    await orm.close()
    throw error
  })
  const baseUrl = new URL(config.baseUrl)
  const tenants = await openTenants({
    orm,
    wishes,
    reader: modules.policy,
    ring,
    baseUrl,
    now: clock.now(),
    jobs: modules.jobs.filter((job) => 'atFirm' in job).map(({ name }) => name),
  })
  const limits = openLimits(
    databaseUrl,
    (err) => log.warn({ err }, 'an idle connection of the limits broke'),
    (pool) => metrics.pool('limits', pool),
  )
  const sessions = await openSessions({
    redisUrl: config.redisUrl(),
    databaseUrl,
    secrets: config.sessionSecrets(),
    secure: baseUrl.protocol === 'https:',
    log,
    watch: (pool) => metrics.pool('sessions', pool),
  })
  const assets = createAssets(join(project, 'static/built'))
  const logos = await mailLogos(tenants.all)
  const post = openOutbox({ config, clock, log, orm, tenants, logos, metrics })
  const queryOf =
    (id: string) =>
    async <T extends object>(sql: string) =>
      emOf(orm, id).execute<T[]>(sql)
  const anchor = openAnchor({ file: config.auditAnchor, firmOf: tenants.byId, queryOf, clock, log })
  const leaked = config.breachedPasswords ? openBreachedList(config.breachedPasswords) : null
  const beside = listed.flatMap((module) => module.views ?? [])
  const roots = [join(project, 'views'), ...beside]
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
    presentation: openPresentations({
      project,
      assets,
      logos,
      strict: !config.production,
      beside,
    }),
    keyedDigest,
    wakeOutbox: post.wakeOutbox,
    logged: anchor.changed,
    anchorLog: anchor.anchor,
  }
  for (const tenant of tenants.all) {
    const idle = idleOverrides(join(tenant.folder, 'views'), { texts: services.presentation(null).texts, roots })
    if (idle.length) log.warn({ firm: tenant.slug, idle }, 'texts or pages of the firm replace none of the portal')
    services.presentation(tenant)
  }
  measure(services)
  const readiness = createReadiness({
    log,
    folder: config.dataDir,
    sessions: sessions.check,
    database: () => freshEm(orm).execute('select 1'),
    write: () => writeRoom(orm),
  })
  return {
    services,
    app: createApp(services, { assets, sessions, readiness }),
    deliver: post.start,
    leave: readiness.stop,
    sweepOutbox: post.sweep,
    async close() {
      await post.stop()
      await anchor.stop()
      await sessions.close()
      await limits.close()
      await services.hasher.close()
      await orm.close()
      leaked?.close()
    },
  }
}
