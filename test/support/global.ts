import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrations } from '../../migrations/index.ts'
import { buildStatic } from '../../static/build.ts'
import { heldClock } from '../../src/platform/clock.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { ownedDatabase } from '../../src/platform/db/database.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { startPostgres } from '../../src/platform/db/embedded.ts'
import { openPortal } from '../../src/services.ts'
import { loadPeople } from '../../src/modules/development/index.ts'
import { browserProgram } from './chromium.ts'
import { start } from './start.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's own server, as superuser. */
    postgresUrl: string
    /** A database with the five firms and their invented people, to be copied; its address as the portal's own role. */
    templateUrl: string
    /** The keys the people in it are sealed with. */
    masterKey: string
    browserProgram: { path: string; args: string[] }
  }
}

/**
 * Said before anything runs: without its line a new migration does nothing, and every test would fail for want of its
 * tables.
 */
function mustBeListed(): void {
  const listed = new Set(migrations.map(({ name }) => `${name}.ts`))
  const missing = readdirSync(path.resolve(import.meta.dirname, '../../migrations')).filter(
    (name) => /^\d.*\.ts$/.test(name) && !listed.has(name),
  )
  if (missing.length)
    throw new Error(`migrations/index.ts does not list ${missing.join(', ')}: give each an import and a line`)
}

/** One PostgreSQL for the whole run, started the way the product starts it, with one installation in it to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  mustBeListed()
  const folder = await mkdtemp(path.join(tmpdir(), 'portal-test-'))
  const log = createLog({ level: 'warn' })
  const postgres = await startPostgres({ directory: path.join(folder, 'postgres'), log })
  project.provide('postgresUrl', postgres.url)
  await buildStatic()
  const config = readConfig({ DATA_DIR: folder })
  const databaseUrl = await ownedDatabase(postgres.url, 'template_portal')
  const open = await openPortal({ config, clock: heldClock(start), log, databaseUrl })
  await loadPeople(open.services)
  for (let sweep = 0; sweep < 5; sweep++) await open.sweepOutbox()
  await open.close()
  project.provide('templateUrl', databaseUrl)
  project.provide('masterKey', config.makeMasterKey())
  project.provide('browserProgram', await browserProgram())
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
