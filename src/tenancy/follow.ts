import { listen } from '../platform/db/listen.ts'
import type { Log } from '../platform/log/log.ts'
import { changesChannel } from './tenant-store.ts'
import type { Tenants } from './tenants.ts'

/** How often is looked for firms that were published elsewhere, in milliseconds. */
const every = 1000

/**
 * From now on takes over what any process publishes: told at once where PostgreSQL can tell, and else seen within a
 * second, behind any pooler.
 * @returns what stops it
 */
export function followPublications(tenants: Tenants, databaseUrl: string, log: Log): () => Promise<void> {
  let looking: Promise<void> | null = null
  let more = false
  async function look(): Promise<void> {
    do {
      more = false
      await tenants.refresh().catch((err: unknown) => log.debug({ err }, 'no look for published firms'))
    } while (more)
    looking = null
  }
  const ask = () => {
    // What is told during a look may be too late for it.
    if (looking) more = true
    else looking = look()
  }
  const timer = setInterval(() => looking ?? ask(), every).unref()
  const deaf = listen(databaseUrl, changesChannel, ask, log)
  return async () => {
    clearInterval(timer)
    await deaf()
    await looking
  }
}
