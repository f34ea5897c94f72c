import type { FieldErrors } from '../../platform/http/answer.ts'
import type { Context } from '../../tenancy/context.ts'
import { foldUsername, type Kind } from '../../identity/accounts/index.ts'
import { knownOrganisations } from '../organisations/index.ts'
import { addressOf, besideOf } from './beside.ts'
import { readInvitation, type Invitation, type InvitationForm } from './invitation.ts'
import { adminOnly } from './send.ts'

/** What sending an invitation would come to: an account is made, or one that waits gets a new link. */
export type Foreseen =
  | { ok: true; invitation: Invitation; again: boolean; newOrganisation: boolean }
  | { ok: false; errors: FieldErrors /** Somebody who needs no invitation: no mistake in the form. */; active: boolean }

interface Known {
  lookup: string
  username: string | null
  kind: Kind
  active: boolean
  blocked: boolean
  reach: boolean
}

const refused = (field: string, key: string, active = false): Foreseen => ({
  ok: false,
  active,
  errors: { [field]: { key } },
})

/**
 * Judges invitations before they are sent: all that is wrong with each form, and whom the firm knows already. Nothing is
 * done, and sending judges again. Of whom a client cannot see nothing is told: they look like somebody new.
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
  if (known?.reach && adminOnly(context, known)) return refused('email', 'staff.act.adminOnly')
  if (known?.reach && known.active)
    return known.blocked
      ? refused('email', 'staff.invite.email-blocked')
      : refused('email', 'staff.invite.email-active', true)
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

/** Who has one of these addresses or user names, in one statement. */
async function knownAccounts(context: Context, invitations: Invitation[]): Promise<Known[]> {
  const usernames = invitations.flatMap(({ username }) => (username ? [foldUsername(username)] : []))
  const { person } = context
  const reach =
    person?.kind === 'client'
      ? { sql: `a.kind = 'client' and a.organisation_id = ?`, params: [person.organisationId] }
      : { sql: 'true', params: [] }
  return context.query<Known>(
    `select a.email_lookup as lookup, a.username_lookup as username, a.kind, a.activated_at is not null as active, a.blocked_at is not null as blocked, coalesce(${reach.sql}, false) as reach
     from account a where a.email_lookup in (select json_array_elements_text(?::json)) or a.username_lookup in (select json_array_elements_text(?::json))`,
    [
      ...reach.params,
      JSON.stringify(
        invitations.flatMap(({ lookup }) =>
          person?.kind === 'client' ? [lookup, besideOf(person, lookup)] : [lookup],
        ),
      ),
      JSON.stringify(usernames),
    ],
  )
}
