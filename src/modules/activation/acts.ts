import type { FieldError } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { AuditAction } from '../../tenancy/audit-action.ts'
import type { Context, PersonContext } from '../../tenancy/context.ts'
import {
  invitePeople,
  inviteLater,
  lockedAccount,
  readEmail,
  unblockAccount,
  withdrawAccount,
  type Account,
} from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { answeredBefore, rememberAnswered } from '../../identity/flow/index.ts'
import { allow } from '../../identity/permissions/index.ts'
import { killOneTime } from '../../identity/tokens/index.ts'
import { invitationActions } from './audit-actions.ts'
import { refusal, takeSlot } from './quota.ts'
import { adminOnly, sendInvitation } from './send.ts'

/**
 * What came of an act on an invitation. `active`: too late, the account is in use; `adminOnly`: not theirs to do;
 * `tomorrow`: it goes by itself when the firm's next day begins; a mistake with a wait: it went too often.
 */
export type InvitationOutcome = 'done' | 'active' | 'adminOnly' | 'tomorrow' | FieldError

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

/**
 * Sends the invitation again: a new link, the old one dies. Also brings a withdrawn invitation back.
 * @throws Refusal 404
 */
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

/**
 * In how many seconds an invitation to this person can be sent again by who asks; null: now. For the page; counts
 * nothing.
 */
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
