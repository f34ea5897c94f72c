import { linkIn } from '../../platform/i18n/language.ts'
import type { Language } from '../../tenancy/policy.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import { changeLanguage } from '../../identity/accounts/index.ts'
import { stillHere } from '../../identity/sessions/index.ts'
import { homeActions } from './audit-actions.ts'

/** The address without the language that the link of a mail bore: what is chosen counts from now on. */
export const withoutLanguage = (path: string): string =>
  path.replace(/([?&])language=\w*(&|$)/, (_, before: string, after: string) => (after ? before : ''))

/**
 * Keeps the language in this browser, and for who is signed in on their account: mails follow it.
 * @param back where it was chosen: on the pages of a mailed link the choice also goes before the link's own language
 */
export async function speak(context: Context, language: Language, back = ''): Promise<void> {
  context.browser.set('language', language)
  context.browser.set('chosenAt', linkIn(back) ?? '')
  const { person, session } = context
  if (!person || session?.level !== 'signedIn' || person.language === language) return
  await context.transaction(async (inner) => {
    if (!(await stillHere(inner as PersonContext))) return
    await changeLanguage(inner, person.id, language)
    await record(inner, homeActions.language, { detail: { language } })
  })
}
