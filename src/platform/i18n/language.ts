import type { Request } from 'express'
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
  return said[0] ?? offered.find((each) => each === request.acceptsLanguages([...offered])) ?? offered[0] ?? 'nl'
}

/** The language that the address bears, or, of a form, the address of the page it stood on. */
export function languageInAddress(request: Request): string | null {
  if (request.method === 'GET') return typeof request.query.language === 'string' ? request.query.language : null
  const stood = URL.parse(request.get('referer') ?? '')
  return stood?.host === request.get('host') ? (stood?.searchParams.get('language') ?? null) : null
}

/** The mailed link in an address, as a digest by which it is known again; null where there is none. */
export function linkIn(path: string): string | null {
  const token = path.split(/[/?]/).find((part) => /^[\w-]{43}$/.test(part))
  return token ? digest(token) : null
}
