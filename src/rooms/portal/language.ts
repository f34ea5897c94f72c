import type { Language } from '../../tenancy/policy.ts'
import type { PersonVisit, Visit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import { stillHere } from '../sessions/index.ts'

const here = 'http://here.invalid'

/**
 * The text as an address on this site, or '/' when it leads anywhere else. Read the way browsers read it:
 * "//elsewhere", "/\elsewhere" and a tab in between all lead away.
 */
export function ownAddress(text: string): string {
  const url = text.startsWith('/') ? URL.parse(text, here) : null
  return url?.origin === here && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/'
}

/** Keeps the language in this browser, and for who is signed in on their account: mails follow it. */
export async function speak(visit: Visit, language: Language): Promise<void> {
  visit.browser.keep('language', language)
  const { person, session } = visit
  if (!person || session?.level !== 'signedIn' || person.language === language) return
  await visit.transaction(async (inner) => {
    if (!await stillHere(inner as PersonVisit)) return
    await inner.query('update account set language = ? where id = ?', [language, person.id])
    await audit(inner, 'account.language', { detail: { language } })
  })
}
