import type { ErrorRequestHandler, Request, Response } from 'express'
import { page, type Page } from '../platform/http/answer.ts'
import { Busy } from '../platform/crypto/hash-queue.ts'
import { problemView, Refusal } from '../platform/http/errors.ts'
import type { Readiness } from '../platform/http/readiness.ts'
import { ownPath } from '../platform/http/request-target.ts'
import { Context } from '../tenancy/context.ts'
import type { Services } from '../tenancy/services.ts'
import type { Tenant } from '../tenancy/tenants.ts'
import { whoAsks } from './authorize.ts'
import { factsOf } from './facts.ts'
import { contextOf } from './request-context.ts'
import { sendAnswer } from './send-answer.ts'

/** Whatever went wrong, in words, in the firm's own look; what is nobody's business stays in the log. */
export function errorPage(services: Services, readiness: Readiness): ErrorRequestHandler {
  return async (error, request, response, _next) => {
    readiness.met(error)
    const refusal = asRefusal(error)
    const { browser, route } = factsOf(response)
    if (refusal.status >= 500) services.log.error({ err: error, route }, 'a request failed')
    // Only saving the session failed: the page itself is out.
    if (response.writableEnded) return
    if (response.headersSent) return void response.destroy()
    browser?.rollBack()
    const reader = await readerOf(services, refusal, request, response)
    if (refusal.params.retryAfter) response.set('Retry-After', String(refusal.params.retryAfter))
    await sendAnswer(services, { reader, answer: pageOf(refusal, reader, request, response) }, request, response)
  }
}

const pageOf = (refusal: Refusal, reader: Context | Tenant | null, request: Request, response: Response): Page => {
  const said = {
    titleKey: `errors.${refusal.key}.title` as const,
    key: refusal.key,
    params: refusal.params,
    requestId: factsOf(response).requestId,
    address: ownPath(request.originalUrl) ?? '/',
  }
  return { ...page(problemView, said, refusal.status), layout: reader instanceof Context ? 'portal' : 'plain' }
}

/**
 * For whom an error page is: somebody signed in keeps the portal around it; where that cannot be told just now, the
 * firm.
 */
async function readerOf(
  services: Services,
  refusal: Refusal,
  request: Request,
  response: Response,
): Promise<Context | Tenant | null> {
  const { tenant, browser } = factsOf(response)
  if (!tenant || !browser?.hasSession || refusal.status === 503) return tenant ?? null
  return (await whoAsks(contextOf(services, tenant, request, response))) ?? tenant
}

/** Not even the page that says so could be made. */
export function lastResort(services: Services): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    services.log.error({ err: error }, 'an error page failed')
    if (response.headersSent) return void response.destroy()
    response
      .status(500)
      .type('text')
      .send(`Er ging iets mis. Something went wrong. ${factsOf(response).requestId}\n`)
  }
}

const broken =
  /^(08|57P|53)|ECONN|ETIMEDOUT|ENOTFOUND|EPIPE|timeout|Connection terminated|client is (offline|closed)|Socket closed/i

/**
 * Any error as a refusal in words. What is down becomes 503, so that nobody is told something wrong; the rest is ours:
 * 500.
 */
function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof Busy) return new Refusal(503, 'busy', { retryAfter: error.retryAfter })
  const { status, code, name, message } = error as { status?: number; code?: string; name?: string; message?: string }
  if (status === 413) return new Refusal(413, 'tooLarge')
  if (status && status >= 400 && status < 500)
    return new Refusal(status === 404 ? 404 : 400, status === 404 ? 'notFound' : 'oddForm')
  if ([code, name, message].some((each) => typeof each === 'string' && broken.test(each)))
    return new Refusal(503, 'down', { retryAfter: 5 })
  return new Refusal(500, 'failed')
}
