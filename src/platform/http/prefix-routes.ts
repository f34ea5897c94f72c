import { Router, type RequestHandler } from 'express'

/** Routes kept apart by the first part of their address ("/staff/people" is of "staff"). */
export interface PrefixRoutes {
  /** The router that holds the route of this address; it is mounted there with its whole address. */
  of(address: string): Router
  /** Answers a request with the route of its address, or goes on. */
  handle: RequestHandler
}

/** Letters of an address count alike in both cases, as Express has it. */
const firstPart = (path: string): string => (path.split('/', 2)[1] ?? '').toLowerCase()

/**
 * Express tries its routes one after the other, each with a regular expression; with all routes of all modules in one
 * list that would be most of what finding one costs. So only those are tried whose address begins as the request's
 * does.
 */
export function prefixRoutes(): PrefixRoutes {
  const routers = new Map<string, Router>()
  function of(address: string): Router {
    const prefix = firstPart(address)
    if (prefix.startsWith(':')) throw new Error(`${address}: the first part of an address is a word, not a parameter`)
    const router = routers.get(prefix) ?? Router()
    routers.set(prefix, router)
    return router
  }
  const handle: RequestHandler = (request, response, next) => {
    const router = routers.get(firstPart(request.path))
    if (router) router(request, response, next)
    else next()
  }
  return { of, handle }
}
