import type { Context } from '../../tenancy/context.ts'
import { Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { takeOfFirm } from './quota.ts'
import { sendInvitation } from './send.ts'
import { tables } from '../../platform/db/tables.ts'
import { invitationActions } from './audit-actions.ts'

const db = tables(Account)

/** As many at a time: the rest goes at the next turn. */
const batch = 200
/** Noted for a day that has come; or, at a firm that has such a day, never invited at all. */
const waiting = `a.activated_at is null and a.password_hash is null and a.blocked_at is null and (a.invite_after <= ?
  or (? and a.invite_after is null and not exists (select from one_time t where t.account_id = a.id and t.purpose = 'activation')))`

/** The day on which the invitations made before it go out by themselves; null where they go at once. */
export function heldUntil({
  policy: { existing },
  today,
}: Pick<Context, 'policy' | 'today'>): Temporal.PlainDate | null {
  const day = existing.mail && existing.from ? Temporal.PlainDate.from(existing.from) : null
  return day && Temporal.PlainDate.compare(today, day) < 0 ? day : null
}

/**
 * Sends the invitations that waited for their day, each once and no more than the firm sends in a day: the rest goes on
 * the next. Safe to repeat, and to be killed half-way.
 */
export async function sendHeld(context: Context): Promise<Date | null> {
  const day = heldUntil(context)
  if (day) return startOf(context, day)
  const due = [context.at, context.policy.existing.mail]
  const held = await context.query<{ id: string }>(
    `select a.id from account a where ${waiting} order by a.created_at limit ${batch}`,
    due,
  )
  for (const { id } of held) {
    if (!(await takeOfFirm(context))) return startOf(context, context.today.add({ days: 1 }))
    await context.transaction(async (inner) => {
      if (!(await inner.one(`select a.id from account a where a.id = ? and ${waiting} for update`, [id, ...due])))
        return
      await sendInvitation(inner, await inner.em.findOneOrFail(Account, { id }, { refresh: true }))
      await record(inner, invitationActions.invited, { subject: id, actor: id, detail: { held: 'yes' } })
    })
  }
  return held.length < batch ? nextHeld(context) : context.at
}

const startOf = ({ policy }: Context, day: Temporal.PlainDate) =>
  new Date(day.toZonedDateTime(policy.zone).epochMilliseconds)

/** The first moment at which somebody noted for later is invited. */
async function nextHeld(context: Context): Promise<Date | null> {
  const next = await db(context)
    .selectFrom('account')
    .select((eb) => eb.fn.min<Date | null>('invite_after').as('at'))
    .where('activated_at', 'is', null)
    .where('password_hash', 'is', null)
    .where('blocked_at', 'is', null)
    .where('invite_after', '>', context.at)
    .executeTakeFirst()
  return next?.at ?? null
}
