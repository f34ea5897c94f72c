import { setTimeout as pause } from 'node:timers/promises'
import { tooMany } from '../../platform/http/errors.ts'
import { mayGo } from '../../identity/tokens/index.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { askedBy } from './asked.ts'
import { sendInvitation } from './send.ts'
import { newestInvitation } from './store.ts'
import { invitationActions } from './audit-actions.ts'

/**
 * Longer than making a link and a mail takes: the time of the answer does not tell whether there was one. In
 * milliseconds.
 */
const leastTime = 300

/**
 * Somebody without a session asks for a new link, by e-mail address or user name. The answer is the same for everyone;
 * only who is invited and not active yet gets a mail, and no more than a few.
 * @throws Refusal 429 when one network asks too much
 */
export async function requestNewLink(context: Context, text: string): Promise<void> {
  const { account, own, wait } = await askedBy(context, 'activation', text)
  if (wait !== null) throw tooMany(wait)
  await Promise.all([account && sendIfInvited(context, account, own), pause(leastTime)])
}

/**
 * The mail itself, by the firm's rule for sending again: for who is invited and not active yet, and for nobody else.
 * @param own by which the browser that asks is known to be theirs
 */
export async function sendIfInvited(context: Context, account: Account, own: string | null): Promise<void> {
  await context.transaction(async (inner) => {
    if (!(await isInvited(inner, account)) || (await mayGo(inner, 'activation', account.emailLookup, own))) return
    await sendInvitation(inner, account)
    await record(inner, invitationActions.requested, { actor: account.id })
  })
}

/**
 * Invited, and nothing has closed the invitation since: a withdrawn link, or one that died of wrong birth dates, only
 * staff can replace.
 */
async function isInvited(context: Context, { id }: Account): Promise<boolean> {
  const newest = await newestInvitation(context, id)
  return newest !== undefined && !newest.activated_at && !newest.blocked_at && !newest.dead_at
}
