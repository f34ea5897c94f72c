import type { Request } from 'express'
import { LRUCache } from 'lru-cache'
import { digest } from '../crypto/encryption.ts'
import type { Browser } from '../http/browser.ts'
import type { Language } from './texts.ts'

/**
 * In which language a page is, as long as nobody is known to be here: what the address says (a mail's link to the
 * sign-in page bears its reader's language), what was chosen in this browser, what the page before spoke, what the
 * browser asks for (Accept-Language with its weights, RFC 9110 section 12.5.4), and else the first of those offered.
 * A mailed link of somebody's own, and a session, say it afterwards.
 */
export function languageOf(request: Request, offered: readonly Language[], browser: Browser | undefined): Language {
  const said = [languageInAddress(request), browser?.get('language'), browser?.get('heard')].flatMap(
    (wanted) => offered.find((each) => each === wanted) ?? [],
  )
  return said[0] ?? preferred(request, offered)
}

/** What browsers ask for, and what of it was offered: most browsers of a country send one of a few headers. */
const chosen = new LRUCache<string, Language>({ max: 500 })
const longest = 200

/** What the browser would rather have of these, and the first of them where it says nothing or asks for others. */
function preferred(request: Request, offered: readonly Language[]): Language {
  const asked = request.get('accept-language')
  if (asked === undefined) return offered[0] ?? 'nl'
  const name = `${offered.join()} ${asked}`
  const known = chosen.get(name)
  if (known) return known
  const best = offered.find((each) => each === request.acceptsLanguages([...offered])) ?? offered[0] ?? 'nl'
  if (asked.length <= longest) chosen.set(name, best)
  return best
}

/** The language that the address bears, or, of a form, the address of the page it stood on. */
export function languageInAddress(request: Request): string | null {
  if (request.method === 'GET') {
    if (!request.url.includes('?')) return null
    const { language } = request.query
    return typeof language === 'string' ? language : null
  }
  const stood = URL.parse(request.get('referer') ?? '')
  return stood?.host === request.get('host') ? (stood?.searchParams.get('language') ?? null) : null
}

/** The mailed link in an address, as a digest by which it is known again; null where there is none. */
export function linkIn(path: string): string | null {
  const token = path.split(/[/?]/).find((part) => /^[\w-]{43}$/.test(part))
  return token ? digest(token) : null
}
