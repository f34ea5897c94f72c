import { allow, sectionsOf } from '../../identity/permissions/index.ts'
import { seeEverybody } from '../../identity/accounts/index.ts'
import { text, type PlainKey, type TextKey } from '../../platform/i18n/texts.ts'
import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import { countSessions } from '../../identity/sessions/index.ts'
import { adminOnly, invitationRefused, invitationWait, type InvitationOutcome } from '../activation/index.ts'
import { actsFor, whyNot } from './block.ts'
import { personShown } from './people.ts'
import type { PersonInFull, PersonShown } from './person.ts'
import { checkView, personView, type Checked } from './views.ts'
import { staffActions } from './audit-actions.ts'

const addressOf = (accountId: string) => `/staff/people/${accountId}`

/**
 * Somebody as staff see them, with what can be done. The same page when it is shown again with why something cannot.
 */
async function pageOf(context: PersonContext, shown: PersonInFull): Promise<Page> {
  const open = !shown.activatedAt && !adminOnly(context, shown)
  return page(personView, {
    ...shown,
    acts: actsFor(context, shown),
    staff: allow(context, seeEverybody),
    action: addressOf(shown.id),
    open,
    again: open ? await invitationWait(context, shown) : null,
    sections: await sectionsOf(context, 'person', shown.id),
  })
}

/** Who opens somebody's page is in the log before the page leaves (NEN 7513: viewing counts). @throws Refusal 404 */
async function viewed(context: PersonContext, accountId: string): Promise<PersonInFull> {
  const shown = await personShown(context, accountId)
  await record(context, staffActions.viewed, { subject: accountId })
  return shown
}

/** GET of somebody's page. */
export const viewPerson = async (context: PersonContext, accountId: string): Promise<Page> =>
  pageOf(context, await viewed(context, accountId))

/** Why this cannot be done with this person, as the text that says so; null when it can. */
function objection(context: PersonContext, act: Checked, shown: PersonShown): PlainKey | null {
  if (act !== 'withdrawal' && act !== 'invitation') return whyNot(context, act, shown)
  if (adminOnly(context, shown)) return 'staff.act.adminOnly'
  if (shown.activatedAt) return 'staff.person.alreadyActive'
  if (act === 'invitation') return null
  return shown.state === 'withdrawn' || shown.state === 'new' ? 'staff.act.notNow' : null
}

/**
 * GET of an act: who it is about, all that will follow, and a button that says it. Nothing is done yet.
 * @throws Refusal 404
 */
export async function checkPage(context: PersonContext, accountId: string, act: Checked): Promise<Page> {
  const shown = await viewed(context, accountId)
  const key = objection(context, act, shown)
  if (key) return again(await pageOf(context, shown), { '': { key } }, 409)
  const tooOften = act === 'invitation' ? await invitationRefused(context, shown) : null
  if (tooOften) return again(await pageOf(context, shown), { '': tooOften }, 429)
  return page(checkView, {
    ...shown,
    act,
    lifetime: context.policy.links.activation,
    sessions: await countSessions(context, accountId),
    action: `${addressOf(accountId)}/${act}`,
    back: addressOf(accountId),
  })
}

/** What was done to somebody. */
type NoticeKey = Exclude<Extract<TextKey, `staff.notice.${string}`>, `${string}.list${string}`>

/** After an act: back to the person with what was done and what comes next, or the same page with why it was not. */
export async function afterAct(
  context: PersonContext,
  accountId: string,
  wrong: PlainKey | null,
  notice: NoticeKey,
): Promise<Answer> {
  const shown = await personShown(context, accountId)
  if (wrong) return again(await pageOf(context, shown), { '': { key: wrong } }, 409)
  context.browser.flash(text(notice, { name: shown.name }))
  return see(addressOf(accountId))
}

/** An act on an invitation that could not be done, in words. */
const refusedAs: Partial<Record<InvitationOutcome & string, PlainKey>> = {
  active: 'staff.person.alreadyActive',
  adminOnly: 'staff.act.adminOnly',
}

/**
 * After an act on an invitation: as after any other; where it went too often, from which moment it can be sent again.
 */
export async function afterInvitation(
  context: PersonContext,
  accountId: string,
  outcome: InvitationOutcome,
  notice: NoticeKey,
): Promise<Answer> {
  if (typeof outcome !== 'string')
    return again(await pageOf(context, await personShown(context, accountId)), { '': outcome }, 429)
  return afterAct(
    context,
    accountId,
    refusedAs[outcome] ?? null,
    outcome === 'tomorrow' ? 'staff.notice.tomorrow' : notice,
  )
}
