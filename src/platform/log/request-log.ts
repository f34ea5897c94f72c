import type { Request, RequestHandler, Response } from 'express'
import { stopwatch } from '../clock.ts'
import { withRequestId, type Log } from './log.ts'
import type { Metrics } from './metrics.ts'

/** Crockford's base 32: no letters that sound or look like another, as people read the number out over the telephone. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz'
/** What a proxy may call a request: as long as the usual kinds are, and nothing that could break a line or a page. */
const shape = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/

/**
 * Three times four letters, 60 bits: enough to find one line among all of them. Bytes are taken from the system for
 * many at a time.
 */
const letterCount = 12
const stock = new Uint8Array(letterCount * 256)
let used = stock.length
function newId(): string {
  if (used === stock.length) {
    crypto.getRandomValues(stock)
    used = 0
  }
  let id = ''
  for (let at = 0; at < letterCount; at++) {
    if (at === 4 || at === 8) id += '-'
    id += letters[(stock[used++] ?? 0) % 32]
  }
  return id
}

/** What the rest of the application found out about a request, kept with its answer. */
export interface About {
  /** The number of the request, as the log and the answer have it. */
  requestId: string
  /** The pattern it matched ("/staff/people/:id"), never the path: that may hold a token or a name. */
  route?: string
  /** Whose request it was, as the log names the firm. */
  firm?: string | null
}
export const aboutRequest = (response: Response) => response.locals as About

/** The number a proxy of ours gave it, else a new one. */
function idOf(request: Request): string {
  const given = request.get('x-request-id')
  if (given === undefined || !shape.test(given)) return newId()
  const trusts = request.app.get('trust proxy fn') as (address: string, hop: number) => boolean
  return trusts(request.socket.remoteAddress ?? '', 0) ? given : newId()
}

/** Health checks come every second, and say the same every time. */
const quiet = new Set(['/health', '/ready'])

/**
 * The first thing a request meets: gives it a number (`X-Request-Id`), and when all is done writes one line about it and
 * counts it. Nothing of it is personal: no address, no path, no name.
 */
export function requestLog({ log, metrics }: { log: Log; metrics: Metrics }): RequestHandler {
  // What these lines hold is all named below: there is nothing to look for and mask.
  const lines = log.child({}, { redact: [] })
  return (request, response, next) => {
    const elapsed = stopwatch()
    const id = idOf(request)
    const about = aboutRequest(response)
    about.requestId = id
    response.setHeader('X-Request-Id', id)
    response.on('close', () => {
      const { method } = request
      const { route = 'none', firm = null } = about
      const status = response.statusCode
      const ms = elapsed()
      metrics.request({ method, route, status }, ms / 1000)
      const level = quiet.has(route) && status < 400 ? 'debug' : 'info'
      const line = {
        requestId: id,
        firm,
        method,
        route,
        status,
        ms: Math.round(ms * 10) / 10,
        ...(!response.writableFinished && { cut: true }),
      }
      lines[level](line, 'request')
    })
    withRequestId(id, next)
  }
}
