import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import { page, type Answer } from './platform/http/answer.ts'
import type { Assets } from './platform/http/assets.ts'
import { Browser } from './platform/http/browser.ts'
import { notFound, notFromHere, problemView, Refusal } from './platform/http/errors.ts'
import { formOwner, headers, sameOrigin } from './platform/http/guard.ts'
import { dropNameless, noteNameless } from './platform/http/nameless-fields.ts'
import { languageInAddress, languageOf } from './platform/i18n/language.ts'
import { ownPath, pageBefore, requestTarget } from './platform/http/request-target.ts'
import { aboutRequest, requestLog, type About } from './platform/log/request-log.ts'
import type { Readiness } from './platform/http/readiness.ts'
import type { Sessions } from './platform/sessions/sessions.ts'
import { languages } from './platform/i18n/texts.ts'
import { uploads } from './platform/http/uploads.ts'
import { version } from './platform/config/version.ts'
import type { PlacedRoute } from './tenancy/compose.ts'
import type { Route } from './tenancy/route.ts'
import type { Services } from './tenancy/services.ts'
import { nonceOf, read, typedForm } from './tenancy/input.ts'
import { isOn } from './tenancy/switches.ts'
import { emOf, type Tenant } from './tenancy/tenants.ts'
import { Context } from './tenancy/context.ts'
import { authorize, whoAsks, withDraft } from './authorize.ts'
import { asRefusal, show } from './send-answer.ts'

/** What is known of a request before any module is entered. */
interface Known extends About {
  tenant: Tenant | null
  browser?: Browser
}
const known = (response: Response) => aboutRequest(response) as Known

/** The portal as one Express application: the middleware in the order a request meets it, then every route. */
export function createApp(
  services: Services,
  { assets, sessions, readiness }: { assets: Assets; sessions: Sessions; readiness: Readiness },
): Express {
  const app = express()
  const secure = services.config.baseUrl.startsWith('https:')
  app.set('trust proxy', [...services.config.trustedProxies])
  app.set('query parser', 'simple')
  app.disable('x-powered-by')
  app.use(requestLog(services))
  app.use(headers(secure))
  app.use(requestTarget)
  app.get('/health', pattern('/health'), (_request, response) => void response.json({ ok: true, version }))
  app.get('/ready', pattern('/ready'), ready(readiness))
  app.use('/static', pattern('/static'))
  app.use(assets.serve)
  app.use(whichFirm(services))
  app.use(sameOrigin)
  const open = services.modules.routes(services.config)
  for (const { at, route } of open) if (route.hashes) app.post(at, pattern(at), roomForHash(services))
  app.use(sessions.middleware)
  app.use(
    express.urlencoded({ extended: false, limit: '200kb', parameterLimit: 100, verify: noteNameless }),
    dropNameless,
  )
  app.use(uploads(new Set(open.filter(({ route }) => route.upload).map(({ at }) => at))))
  const pages = new Set(open.filter(({ route }) => route.method === 'get').map(({ at }) => at))
  for (const each of open) mount(app, services, each, pages.has(each.at))
  app.use((_request, _response, next) => next(notFound()))
  app.use(problem(services, readiness))
  app.use(lastResort(services))
  return app
}

/** Which firm's installation the request is at: the host must be one we know. At the installation's own host it is none. */
function whichFirm(services: Services): RequestHandler {
  const base = new URL(services.config.baseUrl).host
  return (request, response, next) => {
    const host = request.get('host') ?? ''
    const tenant = (known(response).tenant = services.tenants.byHost(host))
    known(response).firm = tenant?.slug ?? null
    if (tenant) return next()
    if (host.toLowerCase() !== base) return next(new Refusal(421, 'misdirected'))
    // The installation's own first page: who lives here, in development only.
    if (request.path === '/') request.url = '/dev/firms'
    next()
  }
}

/** Whoever would wait too long for their password to be checked is told so at once, before anything is asked of the database. */
function roomForHash({ hasher }: Services): RequestHandler {
  return (_request, response, next) => {
    const room = hasher.reserve()
    response.once('close', () => room[Symbol.dispose]())
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

/** Puts a route at its address. A firm without the module has no such address. */
function mount(app: Express, services: Services, { at, route, of }: PlacedRoute, isPage: boolean): void {
  app[route.method](at, async (request, response, next) => {
    const { tenant } = known(response)
    if (tenant && !isOn(tenant.policy, of)) return next()
    known(response).route = at
    const answer = await respond(services, route, isPage, request, response)
    await show(services, answer.context, answer.answer, request, response)
  })
}

async function respond(
  services: Services,
  route: Route,
  isPage: boolean,
  request: Request,
  response: Response,
): Promise<{ context: Context | Tenant | null; answer: Answer }> {
  const { tenant } = known(response)
  const form = formOwner(request)
  if (route.level === 'installation') {
    if (form.of !== 'this') throw notFromHere()
    const context = {
      services,
      now: services.clock.now(),
      language: languageOf(request, tenant?.policy.languages ?? languages),
      tenant,
    } as never
    return { context: tenant, answer: await route.handle(context, read(route, request) as never) }
  }
  if (!tenant) throw notFound()
  const context = contextOf(services, tenant, request, response)
  const page = context.facts.stoodOn ?? (isPage ? context.facts.path : null)
  const elsewhere = await authorize(
    context,
    { level: route.level, permission: route.permission },
    {
      method: request.method,
      form,
      typed: () => typedForm(route, request, page),
    },
  )
  const answer = elsewhere ?? (await route.handle(context as never, read(route, request) as never))
  return { context, answer: !elsewhere && isLooking(context, request) ? await withDraft(context, answer) : answer }
}

/** Whether a person looks at a page now, and no program ahead of them (Fetch, Sec-Purpose). */
const isLooking = ({ facts }: Context, request: Request): boolean =>
  request.method === 'GET' && !facts.part && !facts.background && !request.get('sec-purpose')?.includes('prefetch')

function contextOf(services: Services, tenant: Tenant, request: Request, response: Response): Context {
  const browser = (known(response).browser = new Browser(request, response))
  const language = languageOf(request, tenant.policy.languages)
  // The form of a page that a mail led to: what follows it goes on in that language.
  if (request.method === 'POST' && languageInAddress(request) === language) {
    browser.delete('language')
    browser.set('heard', language)
  }
  return new Context({
    services,
    tenant,
    now: services.clock.now(),
    em: emOf(services.orm, tenant.id),
    language,
    browser,
    log: services.log,
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
  services: Services,
  refusal: Refusal,
  request: Request,
  response: Response,
): Promise<Context | Tenant | null> {
  const { tenant } = known(response)
  if (!tenant || !request.session || !request.get('cookie') || refusal.status === 503) return tenant ?? null
  return (await whoAsks(contextOf(services, tenant, request, response))) ?? tenant
}

/** Whether only a piece of a page is asked for: by htmx, or by the browser for what stands in a page, such as a picture. Nobody is led back to one. */
function isPiece(request: Request): boolean {
  const into = request.get('sec-fetch-dest')
  return (
    request.get('hx-request') === 'true' || (into !== undefined && into !== 'document') || /\.\w+$/.test(request.path)
  )
}

/** Whatever went wrong, in words, in the firm's own look; what is nobody's business stays in the log. */
function problem(services: Services, readiness: Readiness): ErrorRequestHandler {
  return async (error, request, response, _next) => {
    readiness.met(error)
    const refusal = asRefusal(error)
    if (refusal.status >= 500) services.log.error({ err: error, route: known(response).route }, 'a request failed')
    // Only saving the session failed: the page itself is out.
    if (response.writableEnded) return
    if (response.headersSent) return void response.destroy()
    known(response).browser?.rollBack()
    const reader = await readerOf(services, refusal, request, response)
    const layout = reader instanceof Context ? 'portal' : 'plain'
    const said = {
      titleKey: `errors.${refusal.key}.title`,
      key: refusal.key,
      params: refusal.params,
      requestId: known(response).requestId,
      address: ownPath(request.originalUrl) ?? '/',
    }
    if (refusal.params.retryAfter) response.set('Retry-After', String(refusal.params.retryAfter))
    await show(services, reader, { ...page(problemView, said, refusal.status), layout }, request, response)
  }
}

/** Not even the page that says so could be made. */
function lastResort(services: Services): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    services.log.error({ err: error }, 'an error page failed')
    if (response.headersSent) return void response.destroy()
    response
      .status(500)
      .type('text')
      .send(`Er ging iets mis. Something went wrong. ${known(response).requestId}\n`)
  }
}
