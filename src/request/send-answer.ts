import type { Request, Response } from 'express'
import type { See } from '../platform/http/answer.ts'
import { encoded } from '../platform/http/encodings.ts'
import { ownPath } from '../platform/http/request-target.ts'
import type { Services } from '../tenancy/services.ts'
import { factsOf } from './facts.ts'
import { renderPage, renderPart } from './render-page.ts'
import type { Outcome } from './respond.ts'

/** Turns an answer into bytes: a whole page, or for htmx the inside of <main>. */
export async function sendAnswer(
  services: Services,
  { reader, answer }: Outcome,
  request: Request,
  response: Response,
): Promise<void> {
  const htmx = request.get('hx-request') === 'true'
  const { browser, step } = factsOf(response)
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Vary', 'HX-Request, Accept-Language, Accept-Encoding')
  if ('status' in answer && answer.status === 401) response.setHeader('WWW-Authenticate', challenge)
  switch (answer.kind) {
    case 'see':
      await browser?.save()
      return see(answer, htmx, response)
    case 'json':
      return void response.status(answer.status).json(answer.body)
    case 'bytes':
      if (answer.name) response.attachment(answer.name)
      if (answer.policy) response.set('Content-Security-Policy', answer.policy)
      return void response.type(answer.type).send(answer.body)
    case 'part': {
      const html = renderPart({ services, reader, request, browser }, answer)
      await browser?.save()
      return sendHtml(html, 200, request, response)
    }
    case 'page': {
      if (step) response.set('HX-Push-Url', request.originalUrl)
      const extent = step ? 'next' : htmx ? 'inside' : 'whole'
      const html = await renderPage({ services, reader, request, browser }, answer, extent)
      await browser?.save()
      return sendHtml(html, answer.status, request, response)
    }
  }
}

/** `response.send` looks for a validator and whether a page may stay as it is; ours have none and are always sent. */
function sendHtml(html: string, status: number, request: Request, response: Response): void {
  const { bytes, encoding } = encoded(html, request)
  if (encoding) response.setHeader('Content-Encoding', encoding)
  response.statusCode = status
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  response.setHeader('Content-Length', bytes.length)
  response.end(bytes)
}

/** 401 says how one signs in here (RFC 9110 section 15.5.2): with a form, kept by a cookie. */
const challenge = 'Cookie form-action="/sign-in"'

/** The one place where anybody is sent on: only ever to a path of ours, whatever a module was told. */
function see({ to: wanted, clear, status }: See, htmx: boolean, response: Response): void {
  const to = ownPath(wanted) === null ? '/' : wanted
  if (clear) response.set('Clear-Site-Data', '"cache", "storage"')
  if (htmx)
    return void response
      .status(status ?? 204)
      .set('HX-Redirect', to)
      .end()
  response.redirect(303, to)
}
