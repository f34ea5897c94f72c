import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { notFromHere } from './errors.ts'

const none = ["'none'"]
const own = ["'self'"]

/** What a browser can do and no page of ours ever asks of it. */
const unused = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'compute-pressure',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'keyboard-map',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'sync-xhr',
  'usb',
  'web-share',
  'window-management',
  'xr-spatial-tracking',
]
/** Passkeys, and copying a backup code. */
const used = ['clipboard-write', 'publickey-credentials-create', 'publickey-credentials-get']
const permissions = [...unused.map((name) => `${name}=()`), ...used.map((name) => `${name}=(self)`)].join(', ')

/**
 * Headers of every answer, errors and files included. No inline anything, nothing from elsewhere, in nobody's frame
 * (CSP level 3), and nothing of the machine but what a page uses (Permissions Policy).
 */
export function headers(secure: boolean): RequestHandler {
  const rest = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: own,
        styleSrc: own,
        imgSrc: own,
        fontSrc: own,
        connectSrc: own,
        formAction: own,
        baseUri: none,
        frameAncestors: none,
      },
    },
    crossOriginEmbedderPolicy: false,
    // "no-referrer" would make browsers send "Origin: null" with our own forms.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: secure ? { maxAge: 63_072_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  })
  // They are the same for every answer, so helmet is asked once.
  const all = new Map([['Permissions-Policy', permissions]])
  const recorder = {
    setHeader: (name: string, value: string) => all.set(name, value),
    removeHeader: (name: string) => all.delete(name),
  }
  // Of an answer helmet uses just these two.
  rest({} as IncomingMessage, recorder as unknown as ServerResponse, () => undefined)
  return (_request, response, next) => {
    response.setHeaders(all)
    next()
  }
}

/** Methods that change nothing (RFC 9110 §9.2.1). */
export const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The origin of an address; null for what is none, such as the "null" of a page without one. */
const originOf = (address: string): string | null => URL.parse(address)?.origin ?? null

/**
 * Refuses what was not sent from a page of the same origin: `Sec-Fetch-Site: same-origin` (Fetch Metadata), where a
 * browser does not send that, an `Origin`, and where it sends neither, as text browsers do, a `Referer` of the address
 * asked for. Looks at headers only, before any body is read; the host is known to be a firm's by now.
 */
export const sameOrigin: RequestHandler = (request, _response, next) => {
  if (safe.has(request.method)) return next()
  const site = request.get('sec-fetch-site')
  if (site !== undefined) return next(site === 'same-origin' ? undefined : notFromHere())
  const from = originOf(request.get('origin') ?? request.get('referer') ?? '')
  const fits = from !== null && from === originOf(`${request.protocol}://${request.get('host')}`)
  next(fits ? undefined : notFromHere())
}
