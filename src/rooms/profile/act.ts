import { again, see, type Answer, type FieldErrors, type Page } from '../../platform/answer.ts'
import type { Purpose } from '../../tenancy/one-time.ts'
import type { PersonVisit, Visit } from '../../tenancy/visit.ts'
import { endQuestions } from '../factors/index.ts'
import { answeredBefore, rememberAnswered } from '../onboarding/index.ts'
import { endRecovery } from '../recovery/index.ts'
import { endOtherSessions, renewSession, stillHere } from '../sessions/index.ts'

/** Where a change leads when it is done, with which notice, and the page that is shown again when it is not. */
export interface Change {
  to: string
  notice?: string
  shown: (visit: PersonVisit) => Page | Promise<Page>
}

/**
 * One change to one's own account, in one transaction with its log line and its mail. A session that was ended meanwhile
 * changes nothing; the same form sent twice has one effect; of two changes at the same moment one sees what the other did.
 */
export async function act(
  visit: PersonVisit,
  { to, notice, shown }: Change,
  work: (visit: PersonVisit) => Promise<FieldErrors | null>,
): Promise<Answer> {
  return visit.transaction(async (inner) => {
    if (!(await stillHere(inner))) return see('/sign-in')
    if (!(await answeredBefore(inner, inner.person.id))) {
      const wrong = await work(inner)
      if (wrong) return again(await shown(inner), wrong)
      await rememberAnswered(inner, inner.person.id)
    }
    if (notice) inner.browser.keep('notice', notice)
    return see(to)
  })
}

/** What lets somebody in, or changes how, and was on its way before the change: it went by the old password, address or number. */
const waysIn: Purpose[] = ['signInCode', 'stepUpCode', 'phoneCode', 'temporaryPassword', 'emailChange', 'approverJoin']

/** Kills all of that, and whatever was under way to get back in. */
export async function killWaysIn(visit: Visit, accountId: string): Promise<void> {
  await visit.query(
    'update one_time set dead_at = ? where account_id = ? and purpose = any (?) and used_at is null and dead_at is null',
    [visit.at, accountId, `{${waysIn.join(',')}}`],
  )
  await endQuestions(visit, accountId)
  await endRecovery(visit, accountId)
}

/** What follows from every change in how somebody signs in: everywhere else it is over, here it goes on under a new id. */
export async function onlyHere(visit: PersonVisit): Promise<void> {
  await killWaysIn(visit, visit.person.id)
  await endOtherSessions(visit)
  await renewSession(visit)
}
