import type { Request, RequestHandler } from 'express'
import { badRequest } from './errors.ts'

const here = 'http://here.invalid'
/** Nothing in it that could be read in two ways: most paths are like that. */
const plainPath = /^(?:\/[\w-]+)+$/

/**
 * Path and query of an address on this site, or null when it leads anywhere else. Read the way browsers read it:
 * "//elsewhere", "/\elsewhere" and a tab in between all lead away.
 */
export function ownPath(text: string): string | null {
  if (plainPath.test(text)) return text
  const url = text.startsWith('/') ? URL.parse(text, here) : null
  return url?.origin === here && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : null
}

/** The path of the page of ours that a request was made from, whatever its Referer says; null where it says nothing of the kind. */
export function pageBefore(request: Request): string | null {
  const url = URL.parse(request.get('referer') ?? '')
  return url && url.host === request.get('host') ? ownPath(`${url.pathname}${url.search}`) : null
}

const absoluteForm = /^https?:\/\/([^/?#]*)([^#]*)/i
/** uri-host [ ":" port ] (RFC 9110 section 7.2): no user name, no blanks, no path. */
const hostForm = /^(?:[a-z0-9._~%!$&'()*+,;=-]+|\[[0-9a-f:.]+\])(?::\d{0,5})?$/i

/**
 * Makes one address of request line and Host. Of an absolute request line the host counts and Host does not (RFC 9112
 * section 3.2.2), so that nothing behind this ever sees another host than the one that decides which firm it is. More
 * than one Host, or one that is none, is 400 (section 3.2).
 */
export const requestTarget: RequestHandler = (request, _response, next) => {
  const hosts = request.rawHeaders.filter(
    (name, at) => at % 2 === 0 && name.length === 4 && name.toLowerCase() === 'host',
  )
  const [, host, rest] = absoluteForm.exec(request.url) ?? []
  if (host !== undefined && rest !== undefined) {
    request.headers.host = host
    request.url = request.originalUrl = rest.startsWith('/') ? rest : `/${rest}`
  }
  const known = request.url.startsWith('/') || (request.method === 'OPTIONS' && request.url === '*')
  const hostIsOne = !request.headers.host || hostForm.test(request.headers.host)
  next(hosts.length > 1 || !known || !hostIsOne ? badRequest() : undefined)
}
