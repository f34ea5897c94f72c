import type { AuditAction } from '../../tenancy/audit-action.ts'
import { invitationActions } from './audit-actions.ts'
import type { FieldError } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { wordsFor } from '../../platform/i18n/words.ts'
import { issueLink, killOneTime } from '../../identity/tokens/index.ts'
import { sendMail, signInAddress } from '../../tenancy/outbox.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import {
  accountByEmail,
  changePeople,
  invitePeople,
  inviteLater,
  lockedAccount,
  readEmail,
  unblockAccount,
  usernameDetail,
  withdrawAccount,
  type Account,
} from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { answeredBefore, rememberAnswered } from '../../identity/flow/index.ts'
import { findOrganisation } from '../organisations/index.ts'
import { refusal, takeSlot } from './quota.ts'
import { allow } from '../../identity/permissions/index.ts'
import { activationAgainMail, activationMail, invitedElsewhereMail } from './mails.ts'

/**
 * What came of an act on an invitation. `active`: too late, the account is in use; `adminOnly`: not theirs to do;
 * `tomorrow`: it goes by itself when the firm's next day begins; a mistake with a wait: it went too often.
 */
export type InvitationOutcome = 'done' | 'active' | 'adminOnly' | 'tomorrow' | FieldError

/** Whether this is the account of an administrator, on which only another one acts. What nobody is signed in for is the operator's. */
export const adminOnly = (context: Pick<Context, 'person' | 'policy'>, { kind }: Pick<Account, 'kind'>): boolean =>
  kind === 'admin' && context.person !== null && !allow(context, changePeople, { kind })

/** Whom an invitation goes to. */
export type Invitee = Pick<
  Account,
  'id' | 'name' | 'email' | 'username' | 'language' | 'organisationId' | 'passwordHash' | 'knownElsewhere'
>

/**
 * Makes a link, which kills the one before, and puts the mail in the outbox. In the caller's transaction.
 * Who has chosen a password already goes on by signing in: a mailed link must not be a way round it.
 */
export async function sendInvitation(context: Context, account: Invitee): Promise<void> {
  await inviteLater(context, account.id, null)
  if (account.knownElsewhere) return tellElsewhere(context, account)
  if (account.passwordHash)
    return sendMail(context, account, {
      kind: activationAgainMail,
      params: { name: account.name },
      details: usernameDetail(context.policy, account),
      link: signInAddress(account.language),
    })
  const lifetime = context.policy.links.activation
  const token = await issueLink(context, account.id, 'activation', lifetime)
  const params = { name: account.name, lifetime: wordsFor(account.language, context.policy.zone).duration(lifetime) }
  // Where the user name is mailed later, to who gave the date of birth, it is not said before.
  const later = context.policy.features.includes('temporaryPassword')
  const details = later ? {} : usernameDetail(context.policy, account)
  await sendMail(context, account, {
    kind: activationMail,
    params,
    details,
    link: `/activation/${token}`,
    notAfter: context.from(lifetime),
  })
}

/** To somebody who has an account elsewhere at the firm: what happened, and whom to ask. The link is made for its date only, and goes to nobody. */
async function tellElsewhere(context: Context, account: Invitee): Promise<void> {
  await issueLink(context, account.id, 'activation', context.policy.links.activation)
  const owner = await accountByEmail(context, account.email)
  const organisation = account.organisationId && (await findOrganisation(context, account.organisationId))
  await sendMail(
    context,
    { id: account.id, email: account.email, language: owner?.language ?? account.language },
    {
      kind: invitedElsewhereMail,
      params: { name: owner?.name ?? account.name, organisation: organisation ? organisation.name : '' },
      link: signInAddress(owner?.language ?? account.language),
    },
  )
}

/** The account this person may act on, locked until the end of the transaction. @throws Refusal 404 */
async function withinReachOf(context: Context, accountId: string): Promise<Account> {
  const found = await lockedAccount(context, accountId)
  if (!found || !allow(context, invitePeople, found)) throw notFound()
  return found
}

type Act = (context: PersonContext, account: Account) => Promise<InvitationOutcome>

/** An act on an invitation that was not accepted yet: once per form, together with its log line. */
async function onOpenInvitation(
  context: PersonContext,
  accountId: string,
  action: AuditAction<never>,
  act: Act,
): Promise<InvitationOutcome> {
  return context.transaction(async (inner) => {
    const account = await withinReachOf(inner, accountId)
    if (await answeredBefore(inner, inner.person.id)) return 'done'
    if (account.activatedAt) return 'active'
    if (adminOnly(inner, account)) return 'adminOnly'
    const outcome = await act(inner, account)
    if (typeof outcome !== 'string') return outcome
    await record(inner, action, { subject: account.id })
    await rememberAnswered(inner, inner.person.id)
    return outcome
  })
}

/** Sends the invitation again: a new link, the old one dies. Also brings a withdrawn invitation back. @throws Refusal 404 */
export async function resend(context: PersonContext, accountId: string): Promise<InvitationOutcome> {
  return onOpenInvitation(context, accountId, invitationActions.resent, async (inner, account) => {
    const slot = await takeSlot(inner, { lookup: lookupOf(account) })
    if (slot.state === 'wait') return Object.values(slot.errors)[0] as FieldError
    await unblockAccount(inner, account.id)
    if (slot.state === 'now') {
      await sendInvitation(inner, account)
      return 'done'
    }
    await inviteLater(inner, account.id, slot.from)
    return 'tomorrow'
  })
}

/** Why no invitation can be sent to this person now by who asks; null when it can. Counts nothing. */
export async function invitationRefused(
  context: PersonContext,
  person: Pick<Account, 'email'>,
): Promise<FieldError | null> {
  return Object.values((await refusal(context, { lookup: lookupOf(person) })) ?? {})[0] ?? null
}

/** In how many seconds an invitation to this person can be sent again by who asks; null: now. For the page; counts nothing. */
export async function invitationWait(context: PersonContext, person: Pick<Account, 'email'>): Promise<number | null> {
  const params = (await invitationRefused(context, person))?.params
  return params && 'seconds' in params ? Number(params.seconds) : null
}

/** An address as it is compared, also where the row keeps it otherwise. */
function lookupOf({ email }: Pick<Account, 'email'>): string {
  const read = readEmail(email)
  return read.ok ? read.lookup : email
}

/** Takes an invitation back: the link dies, and who was half-way is outside at the next request. @throws Refusal 404 */
export async function withdraw(context: PersonContext, accountId: string): Promise<InvitationOutcome> {
  return onOpenInvitation(context, accountId, invitationActions.withdrawn, async (inner, account) => {
    await killOneTime(inner, account.id, 'activation', 'temporaryPassword')
    await withdrawAccount(inner, account.id)
    return 'done'
  })
}
