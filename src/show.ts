import type { Request, Response } from 'express'
import type { Answer, FieldErrors, Page, See } from './platform/answer.ts'
import { Refusal } from './platform/errors.ts'
import { formToken, keepFormToken, knownFormToken } from './platform/guard.ts'
import { Busy } from './platform/hash.ts'
import { languageOf } from './platform/language.ts'
import { ownPath } from './platform/request-target.ts'
import { languages } from './platform/texts.ts'
import { withWait, wordsFor, type Words } from './platform/words.ts'
import type { House } from './tenancy/house.ts'
import type { Tenant } from './tenancy/tenants.ts'
import { Visit, type PersonVisit } from './tenancy/visit.ts'
import { tabs as tabsOf, waiting, type Tabs } from './rooms/portal/index.ts'

/** Turns an answer into bytes: a whole page, or for htmx the inside of <main>, at the same address. */
export async function show(
  house: House,
  at: Visit | Tenant | null,
  answer: Answer,
  request: Request,
  response: Response,
): Promise<void> {
  const htmx = request.get('hx-request') === 'true'
  response.set({ 'Cache-Control': 'no-store', Vary: 'HX-Request, Accept-Language' })
  if ('status' in answer && answer.status === 401) response.set('WWW-Authenticate', challenge)
  switch (answer.kind) {
    case 'see':
      if (at instanceof Visit) await at.browser.settle()
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
        .send(render(house, at, { ...answer, status: 200, errors: {}, kind: 'page' }, request, { layout: null }))
    case 'page': {
      const layout = htmx ? 'part' : (answer.layout ?? layoutFor(at))
      const token = knownFormToken(request)
      const html = render(house, at, answer, request, {
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

/** The one place where anybody is sent on: only ever to a path of ours, whatever a room was told. */
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

const layoutFor = (at: Visit | Tenant | null) =>
  at instanceof Visit ? (at.session?.level === 'signedIn' ? 'portal' : 'entry') : 'plain'

/** What stands around a page: its layout, and in the portal its parts and how many things wait. */
interface Around {
  layout: string | null
  tabs?: Tabs
  todo?: number | null
}

/** The portal's header. What fails while a page is already there costs only the number; where all fails it is not asked. */
async function portalHeader(at: Visit | Tenant | null, { status, data }: Page): Promise<Omit<Around, 'layout'>> {
  if (!(at instanceof Visit) || at.session?.level !== 'signedIn') return {}
  const visit = at as PersonVisit
  const known = (data as { todo?: number }).todo
  const todo =
    known ??
    (status >= 500
      ? null
      : await waiting(visit).catch((error: unknown) => visit.log.warn({ err: error }, 'what waits is not known')))
  return { tabs: tabsOf(visit), todo: todo ?? null }
}

function render(
  house: House,
  at: Visit | Tenant | null,
  page: Page,
  request: Request,
  { layout, tabs, todo }: Around,
): string {
  const visit = at instanceof Visit ? at : null
  const tenant = visit?.tenant ?? (at as Tenant | null)
  const front = house.front(tenant)
  const lang = visit?.language ?? languageOf(request, tenant?.policy.languages ?? languages)
  const t = front.texts.translator(lang, { firm: tenant?.policy.name ?? '' })
  const [now, words] = [visit?.now ?? house.clock.now(), wordsFor(lang, tenant?.policy.zone ?? 'Europe/Amsterdam')]
  const data = page.data as { values?: Record<string, string>; titleKey?: string }
  // Good news is for the page one arrives at: an error, or a picture that is not there, does not use it up.
  const notice = layout && page.status < 400 && visit?.browser.told()
  return front.views.render(page.view, layout, {
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
      visit?.session && visit.person ? { name: visit.person.name, kind: visit.person.kind, href: '/profile' } : null,
    csrf: page.status < 500 ? formToken(request) : knownFormToken(request),
    path: request.method === 'GET' ? (ownPath(request.originalUrl) ?? '/') : '/',
    ...(tabs && { tabs, todo }),
    session: timeLeft(visit, request.method),
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
function timeLeft(visit: Visit | null, method: string): object | null {
  if (visit?.session?.level !== 'signedIn') return null
  const left = (visit.session.endsAt.getTime() - visit.at.getTime()) / 1000
  const page = method === 'GET' ? visit.facts.path : (visit.facts.stoodOn ?? '/home')
  return {
    idle: Temporal.Duration.from(visit.policy.session.idle).total('seconds'),
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
