import { again, page, type Answer, type Page } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import { sendNotice } from '../../tenancy/notices.ts'
import type { NoticeName } from '../../tenancy/policy.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import { act, onlyHere } from './act.ts'
import { isLast, mayRemove, ownFacts, type Removable } from './own.ts'

/** What each is called in the address, and what is told when it is gone. */
type Told = Extract<Removable, 'authenticator' | 'phone'>
const told: Record<Told, { at: string; notice: NoticeName }> = {
  authenticator: { at: 'app', notice: 'appRemoved' },
  phone: { at: 'phone', notice: 'phoneRemoved' },
}

/** The check page: what follows, or why it cannot be. @throws Refusal 404 for what somebody does not have */
export async function removalPage(visit: PersonVisit, what: Told): Promise<Page> {
  const { factors } = await ownFacts(visit)
  if (!factors[what]) throw notFound()
  return page('profile/remove', { what, action: `/profile/${told[what].at}/remove`, allowed: mayRemove(visit, factors, what), last: isLast(visit.policy, factors, what) })
}

/** Takes a factor away, unless that would leave somebody without the second step their firm asks. */
export async function remove(visit: PersonVisit, what: Told): Promise<Answer> {
  const shown = (inner: PersonVisit) => removalPage(inner, what)
  const answer = await act(visit, { to: '/profile', notice: `profile.done.${what}Removed`, shown }, async (inner) => {
    const { factors } = await ownFacts(inner)
    if (!factors[what]) return null
    if (!mayRemove(inner, factors, what)) return { '': { key: 'profile.remove.refused' } }
    const last = isLast(inner.policy, factors, what)
    await inner.query(`update ${what} set removed_at = ? where account_id = ? and removed_at is null`, [inner.at, inner.person.id])
    // Alone it opens nothing; whoever sets a second step up again gets a new one.
    if (last) await inner.query('update backup_code set replaced_at = ? where account_id = ? and used_at is null and replaced_at is null', [inner.at, inner.person.id])
    await onlyHere(inner)
    await sendNotice(inner, inner.person, last ? 'secondFactorOff' : told[what].notice)
    await audit(inner, `${what}.removed`)
    return null
  })
  return answer.kind === 'page' ? again(answer, answer.errors, 409) : answer
}
