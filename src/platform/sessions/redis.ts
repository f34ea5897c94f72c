import { createClient } from 'redis'
import type { Log } from '../log/log.ts'

/**
 * How patient we are with Redis, in milliseconds: for one answer, between two signs of life on an idle connection, and
 * with a connection on which nothing comes or goes.
 */
export const redisPatience = { answer: 2000, sign: 1500, silence: 4000 }

/** What connect-redis asks of a client; each answers in time or fails. */
export interface Redis {
  get(key: string): Promise<string | null>
  set(key: string, value: string, options?: object): Promise<unknown>
  expire(key: string, seconds: number): Promise<unknown>
  del(keys: string[]): Promise<unknown>
  ping(): Promise<unknown>
  close(): Promise<void>
}

/**
 * A connection to Redis that is never waited for long, and comes back by itself. The client's own time-out per command
 * ends when the command is sent, and its `socketTimeout` counts what we send as a sign of life too: so it breaks an idle
 * connection, and never one on which request after request waits for a Redis that stands still. Therefore: a sign of
 * life of ours keeps an idle connection; an answer that does not come in time is an error; and from then on nothing more
 * is sent, so that the silence is noticed and the connection made anew, unless the answer still comes.
 * @throws when Redis cannot be reached at start
 */
export async function openRedis(url: string, log: Log, { answer, sign, silence } = redisPatience): Promise<Redis> {
  const client = createClient({
    url,
    pingInterval: sign,
    // Without this a request hangs for as long as Redis is away.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: silence,
      socketTimeout: silence,
      reconnectStrategy: (tries) => Math.min(100 * tries, 2000),
    },
  })
  let overdue = 0
  client.on('ready', () => {
    overdue = 0
  })
  client.on('error', (err: unknown) => log.warn({ err }, 'Redis does not answer'))
  await client.connect()

  function inTime<T>(ask: () => Promise<T>): Promise<T> {
    if (overdue > 0) return Promise.reject(new Error('timeout: Redis has not answered for a while'))
    return new Promise<T>((resolve, reject) => {
      let late = false
      const timer = setTimeout(() => {
        late = true
        overdue++
        reject(new Error(`timeout: Redis did not answer within ${answer} ms`))
      }, answer)
      // Too late for who asked, but it says that Redis is there again.
      const settled = () => {
        clearTimeout(timer)
        if (late) overdue = Math.max(0, overdue - 1)
      }
      ask().finally(settled).then(resolve, reject)
    })
  }
  return {
    get: (key) => inTime(() => client.get(key)),
    set: (key, value, options) => inTime(() => client.set(key, value, options)),
    expire: (key, seconds) => inTime(() => client.expire(key, seconds)),
    del: (keys) => inTime(() => client.del(keys)),
    ping: () => inTime(() => client.ping()),
    // What waits for an answer that may never come is not waited for.
    async close() {
      client.destroy()
    },
  }
}
