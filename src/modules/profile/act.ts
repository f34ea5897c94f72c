import type { PlainKey } from '../../platform/i18n/texts.ts'
import { again, see, type Answer, type FieldErrors, type Page } from '../../platform/http/answer.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { answeredBefore, rememberAnswered } from '../../identity/flow/index.ts'
import { endOtherSessions, killWaysIn, renewSession, stillHere } from '../../identity/sessions/index.ts'

/** Where a change leads when it is done, with which notice, and the page that is shown again when it is not. */
export interface Change {
  to: string
  notice?: PlainKey
  shown: (context: PersonContext) => Page | Promise<Page>
}

/**
 * One change to one's own account, in one transaction with its log line and its mail. A session that was ended
 * meanwhile changes nothing; the same form sent twice has one effect; of two changes at the same moment one sees what
 * the other did.
 */
export async function act(
  context: PersonContext,
  { to, notice, shown }: Change,
  work: (context: PersonContext) => Promise<FieldErrors | null>,
): Promise<Answer> {
  return context.transaction(async (inner) => {
    if (!(await stillHere(inner))) return see('/sign-in')
    if (!(await answeredBefore(inner, inner.person.id))) {
      const wrong = await work(inner)
      if (wrong) return again(await shown(inner), wrong)
      await rememberAnswered(inner, inner.person.id)
    }
    if (notice) inner.browser.flash(notice)
    return see(to)
  })
}

/**
 * What follows from every change in how somebody signs in: everywhere else it is over, here it goes on under a new id.
 */
export async function onlyHere(context: PersonContext): Promise<void> {
  await killWaysIn(context, context.person.id)
  await endOtherSessions(context)
  await renewSession(context)
}
