import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { RecoveryRequest } from './entities.ts'
import { isOpen, nothingWaits } from './store.ts'

/** What waits for time: a waiting period that ends, a request nobody looks at, one that is over for long. */
const db = tables(RecoveryRequest)

/** Whose waiting period is over. */
export async function accountsDue(context: Context): Promise<string[]> {
  const rows = await db(context)
    .selectFrom('recovery_request')
    .select('account_id')
    .where('due_at', '<=', context.at)
    .where(isOpen)
    .execute()
  return rows.map((row) => row.account_id)
}

/** When the next waiting period is over. */
export async function nextDue(context: Context): Promise<Date | null> {
  const next = await db(context)
    .selectFrom('recovery_request')
    .select((eb) => eb.fn.min<Date | null>('due_at').as('at'))
    .where(isOpen)
    .executeTakeFirst()
  return next?.at ?? null
}

/** Ends every request that was asked this long ago and nobody did anything with. */
export async function endOldRequests(context: Context, before: Date): Promise<void> {
  await db(context)
    .updateTable('recovery_request')
    .set({ ended_at: context.at, ...nothingWaits })
    .where('asked_at', '<=', before)
    .where(isOpen)
    .execute()
}

/** Forgets what was over this long ago. */
export async function forgetRequests(context: Context, before: Date): Promise<void> {
  await db(context)
    .deleteFrom('recovery_request')
    .where((eb) => eb(eb.fn.coalesce('done_at', 'cancelled_at', 'ended_at'), '<=', before))
    .execute()
}

/** The oldest of what waits to be ended or forgotten. */
export async function oldestRequests(context: Context): Promise<{ asked: Date | null; over: Date | null }> {
  const row = await db(context)
    .selectFrom('recovery_request')
    .select((eb) => [
      eb.fn.min<Date | null>('asked_at').filterWhere(isOpen).as('asked'),
      eb.fn.min<Date | null>(eb.fn.coalesce('done_at', 'cancelled_at', 'ended_at')).as('over'),
    ])
    .executeTakeFirst()
  return row ?? { asked: null, over: null }
}
