import { again, page, see, type Answer, type Page } from '../../platform/answer.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import { adminOnly, invitationRefused, invitationWait, type InvitationOutcome } from '../activation/index.ts'
import { actsFor, whyNot, type Act } from './block.ts'
import { personShown } from './people.ts'
import type { PersonShown } from './person.ts'

/** What can be done to an account after a look at what follows: each has an address of its own below the person's. */
export type Checked = Act | 'withdrawal' | 'invitation'

const addressOf = (accountId: string) => `/staff/people/${accountId}`

/** Somebody as staff see them, with what can be done. The same page when it is shown again with why something cannot. */
async function pageOf(visit: PersonVisit, shown: PersonShown): Promise<Page> {
  const open = !shown.activatedAt && !adminOnly(visit, shown)
  return page('staff/person', {
    ...shown,
    acts: actsFor(visit, shown),
    staff: visit.person.kind !== 'client',
    action: addressOf(shown.id),
    open,
    again: open ? await invitationWait(visit, shown) : null,
  })
}

/** Who opens somebody's page is in the log before the page leaves (NEN 7513: viewing counts). @throws Refusal 404 */
async function viewed(visit: PersonVisit, accountId: string): Promise<PersonShown> {
  const shown = await personShown(visit, accountId)
  await audit(visit, 'person.viewed', { subject: accountId })
  return shown
}

/** GET of somebody's page. */
export const viewPerson = async (visit: PersonVisit, accountId: string): Promise<Page> =>
  pageOf(visit, await viewed(visit, accountId))

/** Why this cannot be done with this person, as the text that says so; null when it can. */
function objection(visit: PersonVisit, act: Checked, shown: PersonShown): string | null {
  if (act !== 'withdrawal' && act !== 'invitation') return whyNot(visit, act, shown)
  if (adminOnly(visit, shown)) return 'staff.act.adminOnly'
  if (shown.activatedAt) return 'staff.person.alreadyActive'
  if (act === 'invitation') return null
  return shown.state === 'withdrawn' || shown.state === 'new' ? 'staff.act.notNow' : null
}

/** GET of an act: who it is about, all that will follow, and a button that says it. Nothing is done yet. @throws Refusal 404 */
export async function checkPage(visit: PersonVisit, accountId: string, act: Checked): Promise<Page> {
  const shown = await viewed(visit, accountId)
  const key = objection(visit, act, shown)
  if (key) return again(await pageOf(visit, shown), { '': { key } }, 409)
  const tooOften = act === 'invitation' ? await invitationRefused(visit, shown) : null
  if (tooOften) return again(await pageOf(visit, shown), { '': tooOften }, 429)
  const sessions = await visit.one<{ n: number }>(
    'select count(*)::int as n from portal_session where account_id = ? and revoked_at is null and ends_at > ? and last_seen_at > ?',
    [accountId, visit.at, visit.ago(visit.policy.session.idle)],
  )
  return page('staff/check', {
    ...shown,
    act,
    lifetime: visit.policy.links.activation,
    sessions: sessions?.n ?? 0,
    action: `${addressOf(accountId)}/${act}`,
    back: addressOf(accountId),
  })
}

/** After an act: back to the person with what was done and what comes next, or the same page with why it was not. */
export async function afterAct(
  visit: PersonVisit,
  accountId: string,
  wrong: string | null,
  notice: string,
): Promise<Answer> {
  const shown = await personShown(visit, accountId)
  if (wrong) return again(await pageOf(visit, shown), { '': { key: wrong } }, 409)
  visit.browser.tell(notice, { name: shown.name })
  return see(addressOf(accountId))
}

/** An act on an invitation that could not be done, in words. */
const refusedAs: Partial<Record<InvitationOutcome & string, string>> = {
  active: 'staff.person.alreadyActive',
  adminOnly: 'staff.act.adminOnly',
}

/** After an act on an invitation: as after any other; where it went too often, from which moment it can be sent again. */
export async function afterInvitation(
  visit: PersonVisit,
  accountId: string,
  outcome: InvitationOutcome,
  notice: string,
): Promise<Answer> {
  if (typeof outcome !== 'string')
    return again(await pageOf(visit, await personShown(visit, accountId)), { '': outcome }, 429)
  return afterAct(
    visit,
    accountId,
    refusedAs[outcome] ?? null,
    outcome === 'tomorrow' ? 'staff.notice.tomorrow' : notice,
  )
}
