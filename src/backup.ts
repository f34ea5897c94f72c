/** A copy of all firms' data, and back: what the platform's backup needs to know of firms, modules and keys. */
import type pg from 'pg'
import type { Config } from './platform/config/config.ts'
import { migrate } from './platform/db/database.ts'
import { isEmpty, loadBackup } from './platform/backup/load.ts'
import { readManifest, type Manifest } from './platform/backup/manifest.ts'
import { lookForSecrets, spellings } from './platform/backup/secrets.ts'
import { writeBackup } from './platform/backup/write.ts'
import type { Log } from './platform/log/log.ts'
import { createKeyRing, keyIdOf, type KeyRing } from './platform/crypto/encryption.ts'
import { migrations } from '../migrations/index.ts'
import { neededKeys } from './key-uses.ts'
import { firmsOn } from './tenancy/tenant-store.ts'
import { firstBadLine, headOf, type FirmQuery } from './identity/audit/index.ts'

/** What would open routes that were closed since: nobody is signed in after a restore, and no computer is trusted. */
const leftOut = ['browser_session', 'portal_session', 'trusted_computer', 'mikro_orm_migrations']

const ringOf = (config: Config): KeyRing | null => {
  const given = config.masterKey()
  return given === null ? null : createKeyRing(given)
}

/** The statements of one firm, on the connection on which everything happens. */
const firmQuery =
  (client: pg.ClientBase, tenantId: string): FirmQuery =>
  async <T extends object>(sql: string) => {
    // A setting of the backup's own connection, which no entity manager knows.
    await client.query(`select set_config('app.tenant', $1, true)`, [tenantId])
    return (await client.query<T>(sql)).rows
  }

type FirmRow = Awaited<ReturnType<typeof firmsOn>>[number]

/** Every way in which a key of this installation may be written down: none of them may stand in a backup. */
function secretsOf(config: Config, firms: FirmRow[]): string[] {
  const ring = ringOf(config)
  const masters = (config.masterKey() ?? '')
    .split(',')
    .filter(Boolean)
    .map((each) => Buffer.from(each.split(':')[1] ?? '', 'base64'))
  const dataKeys = firms.flatMap(({ data_key }) =>
    ring?.ids.includes(keyIdOf(data_key)) ? [ring.unwrap(data_key)] : [],
  )
  return [
    ...[...masters, ...dataKeys].flatMap(spellings),
    ...config.sessionSecrets(),
    ...(config.push ? [config.push.privateKey()] : []),
  ]
}

/**
 * Writes a backup to a new folder.
 * @param url of a role that may read everything
 * @throws Error in words that name BACKUP_DATABASE_URL where the role may not
 */
export async function backUp({
  config,
  url,
  folder,
  now,
}: {
  config: Config
  url: string
  folder: string
  now: Temporal.Instant
}): Promise<Manifest> {
  const look = async (client: pg.ClientBase) => {
    const rows = await firmsOn(client)
    const firms = []
    for (const { id, slug } of rows) firms.push({ id, slug, log: await headOf(firmQuery(client, id)) })
    return { masterKeys: await neededKeys(client), firms, secrets: secretsOf(config, rows) }
  }
  return writeBackup({ url, folder, leftOut, now, look }).catch((cause: unknown) => {
    // insufficient_privilege (PostgreSQL, Appendix A): also what row_security = off answers instead of leaving rows out.
    if ((cause as { code?: string }).code !== '42501') throw cause
    throw new Error(
      `${(cause as Error).message}. Set BACKUP_DATABASE_URL to a role that may read behind row-level security; the README gives the SQL that makes one.`,
      { cause },
    )
  })
}

/** @throws Error that names the key the backup needs, or the one that is another */
function compareKeys({ masterKeys }: Manifest, ring: KeyRing | null, place: string): void {
  const missing = masterKeys.filter(({ id }) => !ring?.ids.includes(id))
  if (missing.length)
    throw new Error(
      `This backup is sealed with master key ${missing.map(({ id }) => `"${id}"`).join(', ')}, which is not here. Put it in MASTER_KEY or ${place} first.`,
    )
  const other = masterKeys.find(({ id, fingerprint }) => fingerprint !== null && ring?.fingerprint(id) !== fingerprint)
  if (other) throw new Error(`MASTER_KEY: "${other.id}" is another key than the one this backup was sealed with.`)
}

/** Looks at what was loaded: every log whole and as long as the manifest says, and every firm's key opened. */
async function judge(client: pg.ClientBase, { firms }: Manifest, ring: KeyRing | null): Promise<void> {
  for (const { id, slug, log } of firms) {
    const query = firmQuery(client, id)
    const bad = await firstBadLine(query)
    if (bad !== null) throw new Error(`The log of ${slug} in the backup is broken at line ${bad}.`)
    const head = await headOf(query)
    if (head?.seq !== log?.seq || head?.hash !== log?.hash)
      throw new Error(`The log of ${slug} in the backup does not end where its manifest says.`)
  }
  const rows = await firmsOn(client)
  if (rows.length !== firms.length) throw new Error('The backup does not hold the firms that its manifest names.')
  for (const { data_key } of rows) ring?.unwrap(data_key)
}

export interface RestoreOptions {
  config: Config
  url: string
  folder: string
  log: Log /** Only to see whether it can be done: the master key need not be here. */
  trial?: boolean
}

/**
 * Loads a backup into an empty database, whose schema is first brought to that of the backup, and looks at all of it
 * before it counts: numbers of rows and hashes, the logs, the keys it needs, and that it holds none.
 */
export async function restoreFrom({
  config,
  url,
  folder,
  log,
  trial = false,
}: RestoreOptions): Promise<{ manifest: Manifest; keyTried: boolean }> {
  const manifest = await readManifest(folder)
  const newer = manifest.migrations.find((each) => !migrations.some(({ name }) => name === each))
  if (newer)
    throw new Error(
      `This backup was made by a newer release: it has the migration ${newer}. Restore it with that release.`,
    )
  const ring = ringOf(config)
  if (ring || !trial) compareKeys(manifest, ring, config.masterKeyPlace)
  if (!(await isEmpty(url, async (client) => (await firmsOn(client)).length === 0)))
    throw new Error(
      'The database is not empty. A backup is restored into an empty one: make it, and name it in DATABASE_URL.',
    )
  await migrate(
    url,
    migrations.filter(({ name }) => manifest.migrations.includes(name)),
    log,
  )
  await loadBackup({
    url,
    folder,
    manifest,
    async finish(client) {
      await judge(client, manifest, ring)
      await lookForSecrets(folder, manifest, secretsOf(config, await firmsOn(client)))
    },
  })
  return { manifest, keyTried: ring !== null }
}
