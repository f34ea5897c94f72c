import { csrfSync } from 'csrf-sync'
import type { Request, RequestHandler } from 'express'
import helmet from 'helmet'
import { notFromHere } from './errors.ts'

const none = ["'none'"]
const own = ["'self'"]

/** Headers of every answer. No inline anything, nothing from elsewhere, in nobody's frame (CSP level 3). */
export function headers(secure: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: none, scriptSrc: own, styleSrc: own, imgSrc: own, fontSrc: own, connectSrc: own, formAction: own, baseUri: none, frameAncestors: none },
    },
    crossOriginEmbedderPolicy: false,
    // "no-referrer" would make browsers send "Origin: null" with our own forms.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 63_072_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  })
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what was not sent from a page of the same origin: `Sec-Fetch-Site: same-origin` (Fetch Metadata), or where a
 * browser does not send that, an `Origin` equal to the address asked for. Looks at headers only, before any body is read.
 */
export const sameOrigin: RequestHandler = (request, _response, next) => {
  if (safe.has(request.method)) return next()
  const site = request.get('sec-fetch-site')
  const origin = request.get('origin')
  const fits = site ? site === 'same-origin' : origin === `${request.protocol}://${request.get('host')}`
  next(fits ? undefined : notFromHere())
}

const csrf = csrfSync({
  getTokenFromRequest: (request: Request) => request.get('x-csrf-token') ?? (typeof request.body?._csrf === 'string' ? request.body._csrf : undefined),
})

/** The token of this browser's session, for a form; none where the sessions themselves are out of reach. */
export const formToken = (request: Request): string => request.session ? csrf.generateToken(request) : ''
/** The same where there is one already. A new one has to be saved, and what says that something is down must not wait for that. */
export const knownFormToken = (request: Request): string => request.session?.csrfToken ?? ''

/** Unsafe methods must bring the token of their own session, before signing in as well. */
export const token: RequestHandler = (request, _response, next) => {
  next(safe.has(request.method) || csrf.isRequestValid(request) ? undefined : notFromHere())
}
