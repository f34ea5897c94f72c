import { recipientMark } from '../../tenancy/outbox.ts'
import type { Context } from '../../tenancy/context.ts'

/** Where this happens: a request, or delivery that goes by itself. */
type Where = Pick<Context, 'tenant' | 'em' | 'at'>
/** A mail that went out, or tried to: whose account, and the mark of the address. */
export interface Posted {
  accountId: string | null
  recipient: string
}

/** The address of the account, when it still is the one the mail went to. */
async function presentAddress({ em, tenant }: Where, { accountId, recipient }: Posted): Promise<string | null> {
  const [row] = accountId
    ? await em.execute<{ email: string }[]>('select email from account where id = ?', [accountId])
    : []
  return row && recipientMark(tenant, row.email) === recipient ? row.email : null
}

/** Mail to this address comes back: known from here on. @returns false when the person has another address by now */
export async function mailFailed(where: Where, posted: Posted): Promise<boolean> {
  const email = await presentAddress(where, posted)
  if (!email) return false
  const marked = await where.em.execute<object[]>(
    'update account set mail_failed_at = coalesce(mail_failed_at, ?) where id = ? and email = ? returning id',
    [where.at, posted.accountId, email],
  )
  return marked.length > 0
}

/** A mail to this address was taken: whatever was wrong with it is over. */
export async function mailArrived(where: Where, posted: Posted): Promise<void> {
  const email = await presentAddress(where, posted)
  if (email)
    await where.em.execute(
      'update account set mail_failed_at = null where id = ? and email = ? and mail_failed_at is not null',
      [posted.accountId, email],
    )
}

/** A mail that had gone came back. @returns `unknown`: no mail of this firm; `elsewhere`: the person has another address by now */
export async function mailReturned(context: Context, messageId: string): Promise<'marked' | 'elsewhere' | 'unknown'> {
  const row = await context.one<{ account_id: string | null; recipient: string }>(
    `select account_id, recipient from outbox_message where id = ? and kind = 'mail' and sent_at is not null`,
    [messageId],
  )
  if (!row) return 'unknown'
  return (await mailFailed(context, { accountId: row.account_id, recipient: row.recipient })) ? 'marked' : 'elsewhere'
}

/** People whose mail comes back and who could do with it, as a condition on `account a`. */
export const mailFails = 'a.mail_failed_at is not null and a.blocked_at is null'
