import { allow } from '../../identity/permissions/index.ts'
import { isBound } from './bound.ts'
import type { PlainKey } from '../../platform/i18n/texts.ts'
import type { FieldErrors } from '../../platform/http/answer.ts'
import type { Context } from '../../tenancy/context.ts'
import { foldUsername, invitePeople } from '../../identity/accounts/index.ts'
import { knownOrganisations } from '../organisations/index.ts'
import { addressOf, besideOf } from './beside.ts'
import { readInvitation, type Invitation, type InvitationForm } from './invitation.ts'
import { objectionTo } from './send.ts'
import { findKnown } from './store.ts'

/** What sending an invitation would come to: an account is made, or one that waits gets a new link. */
export type Foreseen =
  | { ok: true; invitation: Invitation; again: boolean; newOrganisation: boolean }
  | { ok: false; errors: FieldErrors /** Somebody who needs no invitation: no mistake in the form. */; active: boolean }

/** Somebody of the firm. `reach`: who asks can see them. */
type Known = Awaited<ReturnType<typeof findKnown>>[number] & { reach: boolean }

const refused = (field: string, key: PlainKey, active = false): Foreseen => ({
  ok: false,
  active,
  errors: { [field]: { key } },
})

/**
 * Judges invitations before they are sent: all that is wrong with each form, and whom the firm knows already. Nothing
 * is done, and sending judges again. Of whom a client cannot see nothing is told: they look like somebody new.
 */
export async function foresee(context: Context, forms: InvitationForm[]): Promise<Foreseen[]> {
  const read = forms.map((form) => readInvitation(context, form))
  const invitations = read.flatMap((each) => (each.ok ? [each.invitation] : []))
  const known = await knownAccounts(context, invitations)
  const isKnown = await knownOrganisations(
    context,
    invitations.flatMap(({ organisation }) => organisation ?? []),
  )
  // Where a client invited an address that the firm knows elsewhere too, what they see is their own invitation.
  const byMail = new Map(
    known
      .toSorted((one, other) => Number(one.reach) - Number(other.reach))
      .map((each) => [addressOf(each.lookup), each]),
  )
  return read.map((each) =>
    each.ok
      ? judged(context, each.invitation, byMail.get(each.invitation.lookup), known, isKnown)
      : { ok: false, active: false, errors: each.errors },
  )
}

function judged(
  context: Context,
  invitation: Invitation,
  known: Known | undefined,
  all: Known[],
  isKnown: (organisation: string) => boolean,
): Foreseen {
  const objection = known?.reach ? objectionTo(context, known) : null
  if (objection) return refused('email', objection, objection === 'staff.invite.email-active')
  const username = invitation.username && foldUsername(invitation.username)
  if (username && all.some((each) => each.username === username && each.lookup !== invitation.lookup))
    return refused('username', 'accounts.username.taken')
  const { organisation } = invitation
  return {
    ok: true,
    invitation,
    again: known?.reach ?? false,
    newOrganisation: organisation !== null && !isKnown(organisation),
  }
}

/** Who has one of these addresses or user names, in one statement; and whether this person can see them. */
async function knownAccounts(context: Context, invitations: Invitation[]): Promise<Known[]> {
  const { person } = context
  const usernames = invitations.flatMap(({ username }) => (username ? [foldUsername(username)] : []))
  const emails = invitations.flatMap(({ lookup }) =>
    person && isBound(context) ? [lookup, besideOf(person, lookup)] : [lookup],
  )
  const found = await findKnown(context, emails, usernames)
  return found.map((each) => ({
    ...each,
    reach: !isBound(context) || allow(context, invitePeople, each),
  }))
}
