import type { Context } from '../../tenancy/context.ts'
import { findAccount } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { takeOfFirm } from './quota.ts'
import { sendInvitation } from './send.ts'
import { invitationActions } from './audit-actions.ts'
import { firstScheduled, lockScheduled, nextScheduled } from './store.ts'

/** As many at a time: the rest goes at the next turn. */
const batch = 200

/** The day on which the invitations made before it go out by themselves; null where they go at once. */
export function scheduledFor({
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
export async function sendScheduled(context: Context): Promise<Date | null> {
  const day = scheduledFor(context)
  if (day) return startOf(context, day)
  const scheduled = await firstScheduled(context, batch)
  for (const { id } of scheduled) {
    if (!(await takeOfFirm(context))) return startOf(context, context.today.add({ days: 1 }))
    await context.transaction(async (inner) => {
      const account = (await lockScheduled(inner, id)) && (await findAccount(inner, id))
      if (!account) return
      await sendInvitation(inner, account)
      await record(inner, invitationActions.invited, { subject: id, actor: id, detail: { held: 'yes' } })
    })
  }
  return scheduled.length < batch ? nextScheduled(context) : context.at
}

const startOf = ({ policy }: Context, day: Temporal.PlainDate) =>
  new Date(day.toZonedDateTime(policy.zone).epochMilliseconds)
