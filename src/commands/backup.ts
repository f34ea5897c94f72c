import { systemClock } from '../platform/clock.ts'
import { backUp } from '../backup.ts'
import { withDatabase, type Given } from './opened.ts'

/** The embedded server's administrator, on the portal's database. */
function sameDatabase(administrator: string, url: string): string {
  const address = new URL(administrator)
  address.pathname = new URL(url).pathname
  return address.href
}

/** Writes a backup to a new folder. */
export async function backup({ rest: [folder], env, say }: Given): Promise<void> {
  if (!folder) throw new Error('Name the folder to write to, such as: npm run portal -- backup ../backups/monday')
  await withDatabase(env, async ({ config, url, embedded }) => {
    const from = config.backupDatabaseUrl() ?? (embedded ? sameDatabase(embedded, url) : url)
    const { tables, masterKeys } = await backUp({ config, url: from, folder, now: systemClock().now() })
    const rows = tables.reduce((sum, each) => sum + each.rows, 0)
    say(
      `Wrote ${folder}: ${tables.length} tables, ${rows} rows. Without master key ${masterKeys.map(({ id }) => `"${id}"`).join(', ')} it cannot be read: keep that elsewhere.`,
    )
  })
}
