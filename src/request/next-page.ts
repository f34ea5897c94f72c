import type { Request, RequestHandler, Response } from 'express'
import { see, type See } from '../platform/http/answer.ts'
import { ownPath } from '../platform/http/request-target.ts'
import { Context } from '../tenancy/context.ts'
import { factsOf, type Step } from './facts.ts'
import type { Outcome } from './respond.ts'

/**
 * A step that succeeds leads to another page. A browser by itself asks for that (303); htmx gets it in the same answer:
 * when everything is committed its address runs as a GET of ours, through the same routes and the same authorization.
 * Only what leaves the shell around the page (signing in or out, another level, another layout, a file) is an address
 * to go to.
 */

/** Farther than any step leads. */
const mostHops = 5

/** A form that was taken, and the address it leads to. */
export interface Taken extends Outcome {
  reader: Context
  answer: See
}

/** Whether the page this leads to comes along: a form of htmx was taken, and whoever sent it is still who they were. */
export function leadsOn(outcome: Outcome, request: Request, response: Response): outcome is Taken {
  const { reader, answer, ledAway } = outcome
  const { browser, step } = factsOf(response)
  if (!(reader instanceof Context) || answer.kind !== 'see' || answer.clear || answer.status || ledAway) return false
  return (
    (request.method === 'POST' || (step !== undefined && step.hops < mostHops)) &&
    request.get('hx-request') === 'true' &&
    !browser?.renewed &&
    ownPath(answer.to) !== null
  )
}

/**
 * Answers with the page that a form led to.
 * @returns false where there is no such page, or it failed: nothing is answered yet, though the step itself succeeded
 */
export function answerNextPage(
  routes: RequestHandler,
  { reader, answer: { to } }: Taken,
  request: Request,
  response: Response,
): Promise<boolean> {
  const facts = factsOf(response)
  facts.step = {
    session: reader.session,
    language: reader.language,
    ...facts.step,
    hops: (facts.step?.hops ?? 0) + 1,
  }
  const asked = { method: 'GET', url: to, originalUrl: to, body: undefined }
  const { promise, resolve } = Promise.withResolvers<boolean>()
  response.once('close', () => resolve(true))
  routes(Object.assign(Object.create(request) as Request, asked), response, (error?: unknown) => {
    if (error) reader.log.warn({ err: error, route: facts.route }, 'the page after a form failed')
    resolve(false)
  })
  return promise
}

/** The next page where it stands in the same shell as the form did; else its address, to go to. */
export function withinShell(step: Step, outcome: Outcome, request: Request): Outcome {
  const { reader, answer } = outcome
  const same =
    reader instanceof Context &&
    reader.session?.id === step.session?.id &&
    reader.session?.level === step.session?.level &&
    reader.language === step.language
  if (same && answer.kind === 'page' && !answer.layout) return outcome
  return answer.kind === 'see' ? outcome : { ...outcome, answer: see(request.originalUrl) }
}
