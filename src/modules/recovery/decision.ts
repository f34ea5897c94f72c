import { notFound } from '../../platform/http/errors.ts'
import { sendMail } from '../../tenancy/outbox.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import { lockedAccount, type Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { allow } from '../../identity/permissions/index.ts'
import { recoveryActions } from './audit-actions.ts'
import { eyes } from './deciders.ts'
import { isForAdmins, putRelease, releasesOf } from './decision-store.ts'
import { fulfil } from './fulfil.ts'
import { resetAgreedMail } from './mails.ts'
import { decideOwnResets } from './permissions.ts'
import { cancel } from './request.ts'
import { accountOf, openOf, type OpenRequest } from './store.ts'

/** What came of a yes. */
export type Released = 'released' | 'half' | 'twice' | 'own' | 'over' | 'adminOnly'

/** The account of a request, held; and the request when it is still open. @throws Refusal 404 */
async function held(context: Context, id: string): Promise<{ account: Account; open: OpenRequest | null }> {
  const accountId = await accountOf(context, id)
  const account = accountId && (await lockedAccount(context, accountId))
  if (!account) throw notFound()
  const open = await openOf(context, account.id)
  return { account, open: open?.id === id ? open : null }
}

/**
 * One of the firm's people says yes; the second yes of somebody else does it at once. The person is told each time, and
 * each press is in the log, those that were refused too. @throws Refusal 404
 */
export async function release(context: PersonContext, id: string): Promise<Released> {
  return context.transaction(async (inner) => {
    const { account, open } = await held(inner, id)
    if (!open) return 'over'
    if (account.id === inner.person.id) return refused(inner, account.id, 'own')
    if (await adminOnly(inner, account)) return refused(inner, account.id, 'adminOnly')
    if (!(await putRelease(inner, id))) return refused(inner, account.id, 'twice')
    await record(inner, recoveryActions.released, { subject: account.id })
    if ((await releasesOf(inner, id)) >= eyes) return (await fulfil(inner, account, open)) ? 'released' : 'over'
    await sendMail(inner, account, { kind: resetAgreedMail, params: { name: account.name } })
    return 'half'
  })
}

async function refused(
  context: PersonContext,
  accountId: string,
  why: 'own' | 'twice' | 'adminOnly',
): Promise<Released> {
  await record(context, recoveryActions.released, { subject: accountId, outcome: 'refused', detail: { why } })
  return why
}

/** Somebody of the firm says no: one is enough. @throws Refusal 404 */
export async function refuse(context: PersonContext, id: string): Promise<'refused' | 'over' | 'adminOnly'> {
  return context.transaction(async (inner) => {
    const { account, open } = await held(inner, id)
    if (open && (await adminOnly(inner, account))) return 'adminOnly'
    return open !== null && (await cancel(inner, account, open.id, inner.person.id)) ? 'refused' : 'over'
  })
}

/** Whether this is for administrators to decide, and this person is none. */
const adminOnly = async (context: PersonContext, { id }: Account): Promise<boolean> =>
  !allow(context, decideOwnResets) && isForAdmins(context, id)
