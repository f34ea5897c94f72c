import express, { type Express, type RequestHandler } from 'express'
import type { Assets } from './platform/http/assets.ts'
import { Browser } from './platform/http/browser.ts'
import { notFound, Refusal } from './platform/http/errors.ts'
import { createFormTokens } from './platform/http/form-token.ts'
import { headers, safe, sameOrigin } from './platform/http/guard.ts'
import { dropNameless, noteNameless } from './platform/http/nameless-fields.ts'
import { prefixRoutes, type PrefixRoutes } from './platform/http/prefix-routes.ts'
import { requestTarget } from './platform/http/request-target.ts'
import { requestLog } from './platform/log/request-log.ts'
import type { Readiness } from './platform/http/readiness.ts'
import type { Sessions } from './platform/sessions/sessions.ts'
import { trustProxies } from './platform/http/trusted-proxies.ts'
import { uploads } from './platform/http/uploads.ts'
import { version } from './platform/config/version.ts'
import type { PlacedRoute } from './tenancy/compose.ts'
import type { Services } from './tenancy/services.ts'
import { isOn } from './tenancy/switches.ts'
import { errorPage, lastResort } from './request/error-page.ts'
import { factsOf } from './request/facts.ts'
import { answerNextPage, leadsOn, withinShell } from './request/next-page.ts'
import { respond } from './request/respond.ts'
import { sendAnswer } from './request/send-answer.ts'

/** The portal as one Express application: the middleware in the order a request meets it, then every route. */
export function createApp(
  services: Services,
  { assets, sessions, readiness }: { assets: Assets; sessions: Sessions; readiness: Readiness },
): Express {
  const app = express()
  const secure = services.config.baseUrl.startsWith('https:')
  trustProxies(app, services.config.trustedProxies)
  app.set('query parser', 'simple')
  app.disable('x-powered-by')
  // No page may be kept by a browser (no-store), so there is nothing to ask about later.
  app.disable('etag')
  app.use(requestLog(services))
  app.use(headers(secure))
  app.use(requestTarget)
  app.use(ofNoFirm(assets, readiness))
  app.use(whichFirm(services))
  app.use(
    '/static',
    assets.serveOf((response) => {
      const { tenant } = factsOf(response)
      return tenant && services.presentation(tenant).addresses
    }),
  )
  app.use(sameOrigin)
  app.use(whichBrowser(services))
  const open = services.modules.routes(services.config)
  app.use(forForms(roomForHash(services, open)))
  app.use(sessions.middleware)
  app.use(
    forForms(
      express.urlencoded({ extended: false, limit: '200kb', parameterLimit: 100, verify: noteNameless }),
      dropNameless,
      uploads(new Set(open.filter(({ route }) => route.upload).map(({ at }) => at))),
    ),
  )
  const pages = new Set(open.filter(({ route }) => route.method === 'get').map(({ at }) => at))
  const routes = prefixRoutes()
  for (const each of open) mount(routes, services, each, pages.has(each.at))
  app.use(routes.handle)
  app.use((_request, _response, next) => next(notFound()))
  app.use(errorPage(services, readiness))
  app.use(lastResort(services))
  return app
}

/** Which firm's installation the request is at: the host must be one we know. At the installation's own host it is none. */
function whichFirm(services: Services): RequestHandler {
  const base = new URL(services.config.baseUrl).host
  return async (request, response, next) => {
    const host = request.get('host') ?? ''
    factsOf(response).tenant = null
    const tenant = (factsOf(response).tenant = await services.tenants.byHost(host))
    factsOf(response).firm = tenant?.slug ?? null
    if (tenant) return next()
    if (host.toLowerCase() !== base) return next(new Refusal(421, 'misdirected'))
    // The installation's own first page: who lives here, in development only.
    if (request.path === '/') request.url = '/dev/firms'
    next()
  }
}

/** What the request's browser carries; whether it has a session is known behind the sessions. */
function whichBrowser({ clock, keyedDigest }: Services): RequestHandler {
  const tokens = createFormTokens(keyedDigest('form token', ''))
  const now = () => clock.now().epochMilliseconds
  return (request, response, next) => {
    const vault = factsOf(response).tenant?.vault ?? null
    factsOf(response).browser = new Browser({ request, response, vault, now, tokens })
    next()
  }
}

/** What only forms need: whoever looks goes past all of it at once. */
function forForms(...handlers: RequestHandler[]): RequestHandler {
  const router = express.Router().use(...handlers)
  return (request, response, next) => (safe.has(request.method) ? next() : router(request, response, next))
}

/** Whoever would wait too long for their password to be checked is told so at once, before anything is asked of the database. */
function roomForHash({ hasher }: Services, open: PlacedRoute[]): RequestHandler {
  const reserve: RequestHandler = (_request, response, next) => {
    const room = hasher.reserve()
    response.once('close', () => room[Symbol.dispose]())
    next()
  }
  const router = express.Router()
  for (const { at, route } of open) if (route.hashes) router.post(at, pattern(at), reserve)
  return router
}

/** What is the same at every host: whether this process answers, and the installation's own files. */
function ofNoFirm(assets: Assets, readiness: Readiness): RequestHandler {
  const routes = prefixRoutes()
  routes.of('/health').get('/health', pattern('/health'), (_, response) => void response.json({ ok: true, version }))
  routes.of('/ready').get('/ready', pattern('/ready'), ready(readiness))
  routes.of('/static').use('/static', pattern('/static'), assets.serve)
  return routes.handle
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
    factsOf(response).route ??= at
    next()
  }

/** Puts a route at its address. A firm without the module has no such address. Where a form of htmx was taken, the page it leads to comes along in the same answer. */
function mount(routes: PrefixRoutes, services: Services, { at, route, of }: PlacedRoute, isPage: boolean): void {
  routes.of(at)[route.method](at, async (request, response, next) => {
    const { tenant, step } = factsOf(response)
    if (tenant && !isOn(tenant.policy, of)) return next()
    factsOf(response).route ??= at
    const outcome = await respond(services, route, isPage, request, response)
    if (leadsOn(outcome, request, response) && (await answerNextPage(routes.handle, outcome, request, response))) return
    await sendAnswer(services, step ? withinShell(step, outcome, request) : outcome, request, response)
  })
}
