import pg from 'pg'
import type { Log } from '../log/log.ts'
import { patience } from './database.ts'

/** How long until a connection that broke is made anew, in milliseconds. */
const again = 5000

/**
 * Is told of what others say with NOTIFY on this channel, on a connection of its own, made anew when it breaks. It may
 * miss what is said while there is none, and behind a pooler that hands connections around it is told nothing at all:
 * whoever relies on it looks for themselves as well.
 * @returns what stops it
 */
export function listen(url: string, channel: string, told: () => void, log: Log): () => Promise<void> {
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  function broken(which: pg.Client): void {
    if (client !== which) return
    client = null
    if (!stopped) timer = setTimeout(() => void connect(), again).unref()
  }

  async function connect(): Promise<void> {
    const made = new pg.Client({ connectionString: url, application_name: 'voorportaal changes', ...patience })
    client = made
    made.on('error', (err) => log.debug({ err }, 'the connection that is told of changes broke'))
    made.once('end', () => broken(made))
    made.on('notification', told)
    try {
      await made.connect()
      // LISTEN names no table: the query builder has no word for it.
      await made.query(`listen ${pg.escapeIdentifier(channel)}`)
      told()
    } catch (err) {
      log.debug({ err }, 'nobody tells of changes for now')
      void made.end().catch(() => undefined)
      broken(made)
    }
  }

  const first = connect()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await first
    await client?.end()
  }
}
