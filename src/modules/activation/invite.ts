import { allow } from '../../identity/permissions/index.ts'
import { isBound } from './bound.ts'
import type { PlainKey } from '../../platform/i18n/texts.ts'
import { lockName } from '../../platform/db/locks.ts'
import type { FieldErrors } from '../../platform/http/answer.ts'
import type { Context } from '../../tenancy/context.ts'
import {
  findAccountBy,
  hasUsernames,
  insertAccount,
  inviteAnew,
  inviteLater,
  type Account,
  type Kind,
  invitePeople,
} from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { answeredBefore, rememberAnswered } from '../../identity/flow/index.ts'
import { organisationNamed } from '../organisations/index.ts'
import { scheduledFor } from './scheduled.ts'
import { readInvitation, type Invitation, type InvitationForm } from './invitation.ts'
import { besideOf } from './beside.ts'
import { takeSlot } from './quota.ts'
import { objectionTo, sendInvitation } from './send.ts'
import { freeUsername, usernameTaken } from './username.ts'
import { invitationActions } from './audit-actions.ts'

/** `held`: it goes out by itself when the firm's next day begins, because today it has sent all that it sends. */
export type Invited = { ok: true; held?: boolean } | { ok: false; errors: FieldErrors }
const refused = (field: string, key: PlainKey): Invited => ({ ok: false, errors: { [field]: { key } } })

/**
 * Invites somebody in one step: account, link, mail and log line, together or not at all. Who was invited before and is
 * not active yet gets what was typed now and a new link; there is never a second account for an address.
 * `kind` is who they will be to the firm; only the command line makes staff and administrators. `once`: the form is for
 * one person, and sent twice has one effect.
 * @returns what is wrong with the form, by field
 */
export async function invite(
  context: Context,
  form: InvitationForm,
  { kind = 'client', once = true }: { kind?: Kind; once?: boolean } = {},
): Promise<Invited> {
  const read = readInvitation(context, form)
  if (!read.ok) return read
  return context.transaction(async (inner) => {
    // One invitation of a firm at a time: address and user name cannot be taken between looking and writing.
    await lockName(inner, `invitations ${inner.tenant.id}`)
    if (once && (await sentBefore(inner))) return { ok: true }
    const place = await placeOf(inner, read.invitation)
    const { known } = place
    const objection = known && objectionTo(inner, known)
    if (objection) return refused('email', objection)
    if (await isNameTaken(inner, read.invitation, known)) return refused('username', 'accounts.username.taken')
    const sends = scheduledFor(inner) === null
    const slot = await takeSlot(inner, { lookup: read.invitation.lookup, list: !once, sends })
    if (slot.state === 'wait') return { ok: false, errors: slot.errors }
    const account = await save(inner, read.invitation, place, kind)
    if (slot.state === 'held') await inviteLater(inner, account.id, slot.from)
    else if (sends) await sendInvitation(inner, account)
    await record(inner, invitationActions.invited, {
      subject: account.id,
      detail: { again: known ? 'yes' : 'no', ...(place.elsewhere && { elsewhere: 'yes' }) },
    })
    if (once) await rememberAnswered(inner, inner.person?.id ?? account.id)
    return { ok: true, ...(slot.state === 'held' && { held: true }) }
  })
}

const sentBefore = async (context: Context) =>
  context.person !== null && (await answeredBefore(context, context.person.id))

/** Under which address a row is found: its own, or beside it for one that is known elsewhere. */
interface Place {
  lookup: string
  known: Account | null
  elsewhere: boolean
}

/**
 * The account an invitation is for. Where a client invites an address that the firm knows outside their organisation,
 * the answer, the list and every act on it are those of any invitation, so that inviting tells nobody whom the firm
 * knows: a row beside that person's is made, by which nobody can sign in, and the mail says who can help.
 */
async function placeOf(context: Context, { lookup }: Invitation): Promise<Place> {
  const { person } = context
  const found = await findAccountBy(context, 'email_lookup', lookup)
  if (!person || !isBound(context)) return { lookup, known: found, elsewhere: false }
  const elsewhere = found !== null && !allow(context, invitePeople, found)
  if (found && !elsewhere) return { lookup, known: found, elsewhere }
  const beside = besideOf(person, lookup)
  const known = await findAccountBy(context, 'email_lookup', beside)
  return { lookup: elsewhere ? beside : lookup, known, elsewhere }
}

const isNameTaken = async (context: Context, { username }: Invitation, known: Account | null): Promise<boolean> =>
  username ? usernameTaken(context, username, known?.id) : false

async function save(
  context: Context,
  invitation: Invitation,
  { lookup, known, elsewhere }: Place,
  kind: Kind,
): Promise<Account> {
  const { name, email, language, birthDate } = invitation
  const id = known?.id ?? crypto.randomUUID()
  const username = hasUsernames(context.policy)
    ? (invitation.username ?? known?.username ?? (await freeUsername(context, name)))
    : null
  const said = {
    name,
    email,
    email_lookup: lookup,
    language,
    blocked_at: null,
    role: invitation.role ?? known?.role ?? null,
    username,
    username_lookup: elsewhere ? null : username,
    known_elsewhere: elsewhere,
    organisation_id: (await organisationOf(context, invitation)) ?? known?.organisationId ?? null,
    birth_date: birthDate && context.tenant.vault.seal(context.associatedData('account', 'birth_date', id), birthDate),
  }
  return known ? inviteAnew(context, id, said) : insertAccount(context, { ...said, id, kind })
}

async function organisationOf(context: Context, { organisation }: Invitation): Promise<string | null> {
  if (context.person && isBound(context)) return context.person.organisationId
  return organisation ? organisationNamed(context, organisation) : null
}
