import type { Request, Response } from 'express'
import type { Answer, FieldErrors, Page, See } from './platform/http/answer.ts'
import { Refusal } from './platform/http/errors.ts'
import { formToken, keepFormToken, knownFormToken } from './platform/http/guard.ts'
import { Busy } from './platform/crypto/hash-queue.ts'
import { languageOf } from './platform/i18n/language.ts'
import { ownPath } from './platform/http/request-target.ts'
import { languages } from './platform/i18n/texts.ts'
import { withWait, wordsFor, type Words } from './platform/i18n/words.ts'
import type { Services } from './tenancy/services.ts'
import type { Tenant } from './tenancy/tenants.ts'
import { Context, type PersonContext } from './tenancy/context.ts'
import { tabs as tabsOf, waiting, type Tabs } from './modules/home/index.ts'

/** Turns an answer into bytes: a whole page, or for htmx the inside of <main>, at the same address. */
export async function show(
  services: Services,
  at: Context | Tenant | null,
  answer: Answer,
  request: Request,
  response: Response,
): Promise<void> {
  const htmx = request.get('hx-request') === 'true'
  response.set({ 'Cache-Control': 'no-store', Vary: 'HX-Request, Accept-Language' })
  if ('status' in answer && answer.status === 401) response.set('WWW-Authenticate', challenge)
  switch (answer.kind) {
    case 'see':
      if (at instanceof Context) await at.browser.save()
      return see(answer, htmx, response)
    case 'json':
      return void response.status(answer.status).json(answer.body)
    case 'bytes':
      if (answer.name) response.attachment(answer.name)
      if (answer.policy) response.set('Content-Security-Policy', answer.policy)
      return void response.type(answer.type).send(answer.body)
    case 'part':
      return void response
        .type('html')
        .send(render(services, at, { ...answer, status: 200, errors: {}, kind: 'page' }, request, { layout: null }))
    case 'page': {
      const layout = htmx ? 'part' : (answer.layout ?? layoutFor(at))
      const token = knownFormToken(request)
      const html = render(services, at, answer, request, {
        layout,
        ...(layout === 'portal' && (await portalHeader(at, answer))),
      })
      await keepFormToken(request, token)
      return void response.status(answer.status).type('html').send(html)
    }
  }
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

const layoutFor = (at: Context | Tenant | null) =>
  at instanceof Context ? (at.session?.level === 'signedIn' ? 'portal' : 'entry') : 'plain'

/** What stands around a page: its layout, and in the portal its parts and how many things wait. */
interface Around {
  layout: string | null
  tabs?: Tabs
  todo?: number | null
}

/** The portal's header. What fails while a page is already there costs only the number; where all fails it is not asked. */
async function portalHeader(at: Context | Tenant | null, { status, data }: Page): Promise<Omit<Around, 'layout'>> {
  if (!(at instanceof Context) || at.session?.level !== 'signedIn') return {}
  const context = at as PersonContext
  const known = (data as { todo?: number }).todo
  const todo =
    known ??
    (status >= 500
      ? null
      : await waiting(context).catch((error: unknown) => context.log.warn({ err: error }, 'what waits is not known')))
  return { tabs: tabsOf(context), todo: todo ?? null }
}

function render(
  services: Services,
  at: Context | Tenant | null,
  page: Page,
  request: Request,
  { layout, tabs, todo }: Around,
): string {
  const context = at instanceof Context ? at : null
  const tenant = context?.tenant ?? (at as Tenant | null)
  const presentation = services.presentation(tenant)
  const lang = context?.language ?? languageOf(request, tenant?.policy.languages ?? languages)
  const t = presentation.texts.translator(lang, { firm: tenant?.policy.name ?? '' })
  const [now, words] = [context?.now ?? services.clock.now(), wordsFor(lang, tenant?.policy.zone ?? 'Europe/Amsterdam')]
  const data = page.data as { values?: Record<string, string>; titleKey?: string }
  // Good news is for the page one arrives at: an error, or a picture that is not there, does not use it up.
  const notice = layout && page.status < 400 && context?.browser.takeFlash()
  return presentation.views.render(page.view, layout, {
    lang,
    t,
    languages: tenant?.policy.languages ?? languages,
    tenant: tenant && {
      slug: tenant.slug,
      name: tenant.policy.name,
      look: tenant.policy.look,
      contact: {
        mail: tenant.policy.contact.mail,
        phone: tenant.policy.contact.phone,
        hours: tenant.policy.contact.hours,
        text: tenant.policy.contact.hours?.[lang],
      },
    },
    person:
      context?.session && context.person
        ? { name: context.person.name, kind: context.person.kind, href: '/profile' }
        : null,
    csrf: page.status < 500 ? formToken(request) : knownFormToken(request),
    path: request.method === 'GET' ? (ownPath(request.originalUrl) ?? '/') : '/',
    ...(tabs && { tabs, todo }),
    session: timeLeft(context, request.method),
    ...(notice && { notice: t(notice.key, notice.params), ...(notice.tone && { noticeKind: notice.tone }) }),
    nonce: crypto.randomUUID(),
    ...(data.titleKey && { title: t(data.titleKey) }),
    moment: (seconds: number) => words.moment(seconds, now),
    ...data,
    errors: worded(page.errors, t, words, now),
    values: data.values ?? {},
  })
}

/** For the warning before the session ends: the seconds it may be idle and has in all, and the page to come back to. */
function timeLeft(context: Context | null, method: string): object | null {
  if (context?.session?.level !== 'signedIn') return null
  const left = (context.session.endsAt.getTime() - context.at.getTime()) / 1000
  const page = method === 'GET' ? context.facts.path : (context.facts.stoodOn ?? '/home')
  return {
    idle: Temporal.Duration.from(context.policy.session.idle).total('seconds'),
    most: Math.max(0, Math.floor(left)),
    keep: '/sign-in/keep',
    after: page,
  }
}

/** The mistakes in words; where somebody has to wait, so many seconds are said as people say them. */
const worded = (
  errors: FieldErrors,
  t: (key: string, params?: Record<string, unknown>) => string,
  words: Words,
  now: Temporal.Instant,
) =>
  Object.fromEntries(
    Object.entries(errors).map(([field, { key, params }]) => [field, t(key, withWait(params, words, now))]),
  )

const broken =
  /^(08|57P|53)|ECONN|ETIMEDOUT|ENOTFOUND|EPIPE|timeout|Connection terminated|client is (offline|closed)|Socket closed/i

/** Any error as a refusal in words. What is down becomes 503, so that nobody is told something wrong; the rest is ours: 500. */
export function asRefusal(error: unknown): Refusal {
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
