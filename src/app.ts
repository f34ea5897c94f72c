import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import type { Answer } from './platform/answer.ts'
import type { Assets } from './platform/assets.ts'
import { Browser } from './platform/browser.ts'
import { notFound, notFromHere, Refusal } from './platform/errors.ts'
import { formOwner, headers, sameOrigin } from './platform/guard.ts'
import { dropNameless, noteNameless } from './platform/nameless.ts'
import { languageInAddress, languageOf } from './platform/language.ts'
import { ownPath, pageBefore, requestTarget } from './platform/request-target.ts'
import { aboutRequest, requestLog, type About } from './platform/request-log.ts'
import type { Readiness } from './platform/readiness.ts'
import type { Sessions } from './platform/sessions.ts'
import { languages } from './platform/texts.ts'
import { uploads } from './platform/uploads.ts'
import { version } from './platform/version.ts'
import type { Route } from './tenancy/door.ts'
import type { House } from './tenancy/house.ts'
import { nonceOf, read, typedForm } from './tenancy/reader.ts'
import { emOf, type Tenant } from './tenancy/tenants.ts'
import { Visit } from './tenancy/visit.ts'
import { admit, whoAsks, withDraft } from './gate.ts'
import { asRefusal, show } from './show.ts'
import { doors, placed } from './rooms.ts'

/** What is known of a request before any room is entered. */
interface Known extends About {
  tenant: Tenant | null
  browser?: Browser
}
const known = (response: Response) => aboutRequest(response) as Known

/** The portal as one Express application: the middleware in the order a request meets it, then every door. */
export function createApp(
  house: House,
  { assets, sessions, readiness }: { assets: Assets; sessions: Sessions; readiness: Readiness },
): Express {
  const app = express()
  const secure = house.config.baseUrl.startsWith('https:')
  app.set('trust proxy', [...house.config.trustedProxies])
  app.set('query parser', 'simple')
  app.disable('x-powered-by')
  app.use(requestLog(house))
  app.use(headers(secure))
  app.use(requestTarget)
  app.get('/health', pattern('/health'), (_request, response) => void response.json({ ok: true, version }))
  app.get('/ready', pattern('/ready'), ready(readiness))
  app.use('/static', pattern('/static'))
  app.use(assets.serve)
  app.use(whichFirm(house))
  app.use(sameOrigin)
  app.use(sessions.middleware)
  app.use(
    express.urlencoded({ extended: false, limit: '200kb', parameterLimit: 100, verify: noteNameless }),
    dropNameless,
  )
  const open = placed(doors(house.config))
  app.use(uploads(new Set(open.filter(({ route }) => route.upload).map(({ at }) => at))))
  const pages = new Set(open.filter(({ route }) => route.method === 'get').map(({ at }) => at))
  for (const { at, route } of open) mount(app, house, at, route, pages.has(at))
  app.use((_request, _response, next) => next(notFound()))
  app.use(problem(house, readiness))
  app.use(lastResort(house))
  return app
}

/** Which firm's house the request is at: the host must be one we know. At the installation's own host it is none. */
function whichFirm(house: House): RequestHandler {
  const base = new URL(house.config.baseUrl).host
  return (request, response, next) => {
    const host = request.get('host') ?? ''
    const tenant = (known(response).tenant = house.tenants.byHost(host))
    known(response).firm = tenant?.slug ?? null
    if (tenant) return next()
    if (host.toLowerCase() !== base) return next(new Refusal(421, 'misdirected'))
    // The installation's own first page: who lives here, in development only.
    if (request.path === '/') request.url = '/dev/firms'
    next()
  }
}

function ready(readiness: Readiness): RequestHandler {
  return async (_request, response) => {
    const part = await readiness.check()
    response
      .set('Cache-Control', 'no-store')
      .status(part ? 503 : 200)
      .json(part ? { ready: false, part } : { ready: true })
  }
}

/** Tells the log which address this is, as it is written here and not as somebody asked for it. */
const pattern =
  (at: string): RequestHandler =>
  (_request, response, next) => {
    known(response).route = at
    next()
  }

/** Puts a route at its address. */
function mount(app: Express, house: House, at: string, route: Route, isPage: boolean): void {
  app[route.method](at, pattern(at), async (request, response) => {
    const answer = await respond(house, route, isPage, request, response)
    await show(house, answer.visit, answer.answer, request, response)
  })
}

async function respond(
  house: House,
  route: Route,
  isPage: boolean,
  request: Request,
  response: Response,
): Promise<{ visit: Visit | Tenant | null; answer: Answer }> {
  const { tenant } = known(response)
  const form = formOwner(request)
  if (route.level === 'house') {
    if (form.of !== 'this') throw notFromHere()
    const visit = {
      house,
      now: house.clock.now(),
      language: languageOf(request, tenant?.policy.languages ?? languages),
      tenant,
    } as never
    return { visit: tenant, answer: await route.handle(visit, read(route, request) as never) }
  }
  if (!tenant) throw notFound()
  const visit = visitOf(house, tenant, request, response)
  const page = visit.facts.stoodOn ?? (isPage ? visit.facts.path : null)
  const elsewhere = await admit(visit, route.level, {
    method: request.method,
    form,
    typed: () => typedForm(route, request, page),
  })
  const answer = elsewhere ?? (await route.handle(visit as never, read(route, request) as never))
  return { visit, answer: !elsewhere && isLooking(visit, request) ? await withDraft(visit, answer) : answer }
}

/** Whether a person looks at a page now, and no program ahead of them (Fetch, Sec-Purpose). */
const isLooking = ({ facts }: Visit, request: Request): boolean =>
  request.method === 'GET' && !facts.part && !facts.background && !request.get('sec-purpose')?.includes('prefetch')

function visitOf(house: House, tenant: Tenant, request: Request, response: Response): Visit {
  const browser = (known(response).browser = new Browser(request, response))
  const language = languageOf(request, tenant.policy.languages)
  // The form of a page that a mail led to: what follows it goes on in that language.
  if (request.method === 'POST' && languageInAddress(request) === language) {
    browser.forget('language')
    browser.keep('heard', language)
  }
  return new Visit({
    house,
    tenant,
    now: house.clock.now(),
    em: emOf(house.orm, tenant.id),
    language,
    browser,
    log: house.log,
    network: request.ip ?? '',
    agent: (request.get('user-agent') ?? '').slice(0, 300),
    nonce: nonceOf(request),
    path: ownPath(request.originalUrl) ?? '/',
    stoodOn: pageBefore(request),
    background: request.get('hx-background') === 'true',
    part: isPiece(request),
  })
}

/** For whom an error page is: somebody signed in keeps the portal around it; where that cannot be told just now, the firm. */
async function readerOf(
  house: House,
  refusal: Refusal,
  request: Request,
  response: Response,
): Promise<Visit | Tenant | null> {
  const { tenant } = known(response)
  if (!tenant || !request.session || !request.get('cookie') || refusal.status === 503) return tenant ?? null
  return (await whoAsks(visitOf(house, tenant, request, response))) ?? tenant
}

/** Whether only a piece of a page is asked for: by htmx, or by the browser for what stands in a page, such as a picture. Nobody is led back to one. */
function isPiece(request: Request): boolean {
  const into = request.get('sec-fetch-dest')
  return (
    request.get('hx-request') === 'true' || (into !== undefined && into !== 'document') || /\.\w+$/.test(request.path)
  )
}

/** Whatever went wrong, in words, in the firm's own look; what is nobody's business stays in the log. */
function problem(house: House, readiness: Readiness): ErrorRequestHandler {
  return async (error, request, response, _next) => {
    readiness.met(error)
    const refusal = asRefusal(error)
    if (refusal.status >= 500) house.log.error({ err: error, route: known(response).route }, 'a request failed')
    // Only saving the session failed: the page itself is out.
    if (response.writableEnded) return
    if (response.headersSent) return void response.destroy()
    known(response).browser?.asItCame()
    const reader = await readerOf(house, refusal, request, response)
    const layout = reader instanceof Visit ? 'portal' : 'plain'
    const data = {
      kind: 'page',
      view: 'errors/problem',
      status: refusal.status,
      layout,
      errors: {},
      data: {
        titleKey: `errors.${refusal.key}.title`,
        key: refusal.key,
        params: refusal.params,
        requestId: known(response).requestId,
        address: ownPath(request.originalUrl) ?? '/',
      },
    } as const
    if (refusal.params.retryAfter) response.set('Retry-After', String(refusal.params.retryAfter))
    await show(house, reader, data, request, response)
  }
}

/** Not even the page that says so could be made. */
function lastResort(house: House): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    house.log.error({ err: error }, 'an error page failed')
    if (response.headersSent) return void response.destroy()
    response
      .status(500)
      .type('text')
      .send(`Er ging iets mis. Something went wrong. ${known(response).requestId}\n`)
  }
}
