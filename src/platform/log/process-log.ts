import type { Log } from './log.ts'

/**
 * Everything Node would print by itself becomes one line of the log. An error nobody caught leaves the process in a
 * state nobody knows: `end` is asked to stop it in order, so that another takes its place.
 */
export function logProcess(log: Log, end: () => void): void {
  // Node prints warnings by a listener of its own.
  process.removeAllListeners('warning')
  process.on('warning', (err) => log.warn({ err }, 'Node warns'))
  process.on('uncaughtException', (err, origin) => {
    log.fatal({ err, origin }, 'an error nobody caught')
    end()
  })
}
