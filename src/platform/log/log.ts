import { AsyncLocalStorage } from 'node:async_hooks'
import { pino, type DestinationStream, type Logger } from 'pino'

export type Log = Logger

const SECRET_NAMES = ['password', 'code', 'token', 'answer', 'phone', 'cookie', 'authorization', '_csrf', 'body']
/** pino looks no deeper than it is told; nothing we log is nested deeper than this. */
const DEPTHS = ['', '*.', '*.*.', '*.*.*.']

const request = new AsyncLocalStorage<string>()

/** Runs `work` so that every line logged during it bears this request id. */
export function withRequestId<T>(id: string, work: () => T): T {
  return request.run(id, work)
}

/** JSON lines on standard output (or `destination`); fields that bear a secret's name are masked, however nested. */
export function createLog({ level, destination }: { level: string; destination?: DestinationStream }): Log {
  const options = {
    level,
    base: null,
    redact: { paths: DEPTHS.flatMap((depth) => SECRET_NAMES.map((name) => depth + name)), censor: '•••' },
    serializers: { err: describeError },
    mixin: () => (request.getStore() ? { requestId: request.getStore() } : {}),
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return destination ? pino(options, destination) : pino(options)
}

/**
 * Of an error only what we know to be harmless: a database error also carries the row (`detail`) and an HTTP error
 * the body. Its machine code is called `reason`, because `code` is masked as somebody's sign-in code.
 */
function describeError(error: unknown): object {
  if (typeof error !== 'object' || error === null) return { message: String(error) }
  // Not every library throws real errors; some hand over a bare object with the same fields.
  const { name, code, message, stack, cause } = error as Error & { code?: unknown }
  return { type: name, reason: code, message, stack, ...(cause === undefined ? {} : { cause: describeError(cause) }) }
}
