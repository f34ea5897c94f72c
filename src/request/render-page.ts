import type { Request } from 'express'
import type { FieldErrors, Page, Part } from '../platform/http/answer.ts'
import type { Browser } from '../platform/http/browser.ts'
import { formToken } from '../platform/http/form-token.ts'
import { ownPath } from '../platform/http/request-target.ts'
import { languageOf } from '../platform/i18n/language.ts'
import { languages, say, type Language, type Translate } from '../platform/i18n/texts.ts'
import type { Beside } from '../platform/views/view.ts'
import { withWait, wordsFor, type Words } from '../platform/i18n/words.ts'
import { Context, type PersonContext } from '../tenancy/context.ts'
import type { Services } from '../tenancy/services.ts'
import type { Tenant } from '../tenancy/tenants.ts'
import { tabs as tabsOf, waiting, type Tabs } from '../modules/home/index.ts'

/** What is rendered for whom. */
interface Showing {
  services: Services
  context: Context | null
  tenant: Tenant | null
  page: Page
  request: Request
  browser: Browser | undefined
  lang: Language
  t: Translate
}

/** How much of a page: all of it; the inside of <main>; or that with whatever around it may be another than before. */
export type Extent = 'whole' | 'inside' | 'next'

/** Where a page goes: what asked for it, with what browser, and for whom it is. */
export interface Where {
  services: Services
  reader: Context | Tenant | null
  request: Request
  browser: Browser | undefined
}

/** A page in its layout, or as much of it as is asked. */
export async function renderPage(where: Where, page: Page, extent: Extent): Promise<string> {
  const showing = showingOf(where, page)
  const { context, t, tenant, services } = showing
  const layout = page.layout ?? layoutOf(showing)
  const header = layout === 'portal' && extent !== 'inside' ? await portalHeader(showing) : null
  // Good news is for the page one arrives at: an error, or a picture that is not there, does not use it up.
  const flash = page.status < 400 ? context?.browser.takeFlash() : null
  return services.presentation(tenant).views.render(page.view, layouts[extent] ?? layout, {
    ...shellData(showing),
    ...header,
    ...(flash && { notice: say(t, flash), ...(flash.tone && { noticeKind: flash.tone }) }),
    ...pageData(showing),
  })
}
const layouts = { whole: null, inside: 'part', next: 'next' }

/** A piece of a page by itself. */
export function renderPart(where: Where, part: Part): string {
  const showing = showingOf(where, { ...part, kind: 'page', status: 200, errors: {} })
  const data = { ...shellData(showing), ...pageData(showing) }
  return where.services.presentation(showing.tenant).views.render(part.view, null, data)
}

function showingOf({ services, reader, request, browser }: Where, page: Page): Showing {
  const context = reader instanceof Context ? reader : null
  const tenant = reader instanceof Context ? reader.tenant : reader
  const lang = context?.language ?? languageOf(request, tenant?.policy.languages ?? languages, browser)
  const t = services.presentation(tenant).texts.translator(lang, { firm: tenant?.policy.name ?? '' })
  return { services, context, tenant, page, request, browser, lang, t }
}

const layoutOf = ({ context }: Showing) =>
  context ? (context.session?.level === 'signedIn' ? 'portal' : 'entry') : 'plain'

/**
 * The portal's header. What fails while a page is already there costs only the number; where all fails it is not asked.
 */
async function portalHeader({ context: reader, page }: Showing): Promise<{ tabs?: Tabs; todo?: number | null }> {
  if (reader?.session?.level !== 'signedIn') return {}
  const context = reader as PersonContext
  const known = (page.data as { todo?: number }).todo
  const todo =
    known ??
    (page.status >= 500
      ? null
      : await waiting(context).catch((error: unknown) => context.log.warn({ err: error }, 'what waits is not known')))
  return { tabs: tabsOf(context), todo: todo ?? null }
}

/** What every page needs, whatever it says. */
function shellData(showing: Showing) {
  const { context, tenant, request, browser, lang, t } = showing
  return {
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
    csrf: formToken(browser),
    path: request.method === 'GET' ? (context?.facts.path ?? ownPath(request.originalUrl) ?? '/') : '/',
    session: timeLeft(context, request.method),
    nonce: crypto.randomUUID(),
  }
}

/** What the page itself says, and what is wrong in it, in words. */
function pageData({ services, context, tenant, page, lang, t }: Showing) {
  const [now, words] = [context?.now ?? services.clock.now(), wordsFor(lang, tenant?.policy.zone ?? 'Europe/Amsterdam')]
  const data = page.data as Beside
  return {
    ...(data.titleKey && { title: t(data.titleKey) }),
    moment: (seconds: number) => words.moment(seconds, now),
    ...data,
    errors: worded(page.errors, t, words, now),
    values: data.values ?? {},
  }
}

const seconds = new Map<string, number>()
/** Of an ISO 8601 duration that a firm chose: there are few of them, and each page asks. */
function secondsOf(duration: string): number {
  const known = seconds.get(duration) ?? Temporal.Duration.from(duration).total('seconds')
  seconds.set(duration, known)
  return known
}

/** For the warning before the session ends: the seconds it may be idle and has in all, and the page to come back to. */
function timeLeft(context: Context | null, method: string): object | null {
  if (context?.session?.level !== 'signedIn') return null
  const left = (context.session.endsAt.getTime() - context.at.getTime()) / 1000
  const page = method === 'GET' ? context.facts.path : (context.facts.stoodOn ?? '/home')
  return {
    idle: secondsOf(context.policy.session.idle),
    most: Math.max(0, Math.floor(left)),
    keep: '/sign-in/keep',
    after: page,
  }
}

/** The mistakes in words; where somebody has to wait, so many seconds are said as people say them. */
const worded = (errors: FieldErrors, t: Translate, words: Words, now: Temporal.Instant) =>
  Object.fromEntries(
    Object.entries(errors).map(([field, { key, params }]) => [
      field,
      say(t, { key, params: withWait(params, words, now) }),
    ]),
  )
