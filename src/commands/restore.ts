import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../platform/clock.ts'
import { readConfig } from '../platform/config/config.ts'
import { ownedDatabase } from '../platform/db/database.ts'
import { createLog } from '../platform/log/log.ts'
import { startPostgres } from '../platform/db/embedded.ts'
import type { Manifest } from '../platform/backup/manifest.ts'
import { restoreFrom } from '../backup.ts'
import { anchorRestored } from '../identity/audit/index.ts'
import { withDatabase, type Given } from './opened.ts'

const found = ({ made, tables, firms }: Manifest): string =>
  `The backup of ${made} is whole: ${tables.length} tables, ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows, the logs of ${firms.length} firms, and no key in it.`

/** Restores it on a server of its own in a temporary folder, which is thrown away: nothing that runs is touched. */
async function check(folder: string, { env, say }: Given): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'portal-restore-'))
  const log = createLog({ level: 'warn' })
  try {
    const postgres = await startPostgres({ directory: join(home, 'postgres'), log })
    try {
      const url = await ownedDatabase(postgres.url, 'portal')
      const { manifest, keyTried } = await restoreFrom({ config: readConfig(env), url, folder, log, trial: true })
      say(found(manifest))
      if (!keyTried)
        say(
          `It was not tried with its master key (${manifest.masterKeys.map(({ id }) => `"${id}"`).join(', ')}), which is not here.`,
        )
    } finally {
      await postgres.stop()
    }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** Restores a backup into the empty database that is configured; with `--check` only sees whether it could. */
export async function restore(given: Given): Promise<void> {
  const {
    values,
    positionals: [folder],
  } = parseArgs({ args: given.rest, allowPositionals: true, options: { check: { type: 'boolean', default: false } } })
  if (!folder) throw new Error('Name the folder of the backup, such as: npm run portal -- restore ../backups/monday')
  if (values.check) return check(folder, given)
  await withDatabase(given.env, async ({ config, url, log }) => {
    const { manifest } = await restoreFrom({ config, url, folder, log })
    await anchorRestored(config.auditAnchor, manifest.firms, systemClock())
    given.say(`${found(manifest)} It is restored; everybody signs in anew.`)
  })
}
