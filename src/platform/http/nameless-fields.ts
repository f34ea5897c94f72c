import { unescape } from 'node:querystring'
import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'

const nameless = new WeakMap<IncomingMessage, string[]>()

/**
 * Looks at a form as it came, before it is read: text browsers send a field without a name as its bare value, while every
 * name that is one is followed by "=", also with nothing behind it (URL standard, application/x-www-form-urlencoded).
 */
export function noteNameless(request: IncomingMessage, _response: unknown, form: Buffer): void {
  const bare = form
    .toString('latin1')
    .split('&')
    .filter((pair) => pair && !pair.includes('='))
  if (bare.length)
    nameless.set(
      request,
      bare.map((value) => unescape(value.replaceAll('+', ' '))),
    )
}

/** Takes what has no name out of the form that was read: nobody asked for it. */
export const dropNameless: RequestHandler = (request, _response, next) => {
  const body = request.body as Record<string, string | string[]> | undefined
  for (const value of body ? (nameless.get(request) ?? []) : []) {
    const [rest, ...others] = [body![value] ?? []].flat().filter((each) => each !== '')
    if (rest === undefined) delete body![value]
    else body![value] = others.length ? [rest, ...others] : rest
  }
  next()
}
