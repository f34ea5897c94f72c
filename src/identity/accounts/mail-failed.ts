import { recipientMark } from '../../tenancy/outbox.ts'
import { findSentMail } from '../../tenancy/outbox-store.ts'
import type { Context } from '../../tenancy/context.ts'
import { forgetMailFailed, noteMailFailed } from './changes.ts'
import { recipientOf } from './store.ts'

/** Where this happens: a request, or delivery that goes by itself. */
type Where = Pick<Context, 'tenant' | 'em' | 'at'>
/** A mail that went out, or tried to: whose account, and the mark of the address. */
export interface Posted {
  accountId: string | null
  recipient: string
}

/** The address of the account, when it still is the one the mail went to. */
async function presentAddress({ em, tenant }: Where, { accountId, recipient }: Posted): Promise<string | null> {
  const owner = accountId && (await recipientOf({ em }, accountId))
  return owner && recipientMark(tenant, owner.email) === recipient ? owner.email : null
}

/** Mail to this address comes back: known from here on. @returns false when the person has another address by now */
export async function mailFailed(where: Where, posted: Posted): Promise<boolean> {
  const email = await presentAddress(where, posted)
  return email !== null && noteMailFailed(where, posted.accountId!, email, where.at)
}

/** A mail to this address was taken: whatever was wrong with it is over. */
export async function mailArrived(where: Where, posted: Posted): Promise<void> {
  const email = await presentAddress(where, posted)
  if (email) await forgetMailFailed(where, posted.accountId!, email)
}

/** A mail that had gone came back. @returns `unknown`: no mail of this firm; `elsewhere`: the person has another address by now */
export async function mailReturned(context: Context, messageId: string): Promise<'marked' | 'elsewhere' | 'unknown'> {
  const sent = await findSentMail(context, messageId)
  if (!sent) return 'unknown'
  return (await mailFailed(context, sent)) ? 'marked' : 'elsewhere'
}
