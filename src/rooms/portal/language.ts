import type { Language } from '../../tenancy/policy.ts'
import type { PersonVisit, Visit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import { stillHere } from '../sessions/index.ts'

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
