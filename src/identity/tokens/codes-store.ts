import type { Context } from '../../tenancy/context.ts'
import { alive, db, heldBy, of, type Of } from './conditions.ts'

/** When codes went out that nobody used, newest first: of an account, or to this number or address whoever's. */
export async function unusedCodes(
  context: Context,
  { accountId, target }: { accountId: string; target: string | null },
  since: Date,
): Promise<Date[]> {
  const rows = await db(context)
    .selectFrom('one_time')
    .select('created_at')
    .where((eb) =>
      eb.or([
        ...(target === null ? [] : [eb('target', '=', target)]),
        eb.and([eb('account_id', '=', accountId), eb('target', 'is not', null)]),
      ]),
    )
    .where('used_at', 'is', null)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .limit(10)
    .execute()
  return rows.map(({ created_at: at }) => at)
}

/** Whether a code to this number or address is alive for this session. */
export async function isOut(context: Context, whose: Of, target: string, holder: string | null): Promise<boolean> {
  const row = await db(context)
    .selectFrom('one_time')
    .select('id')
    .where(of(whose))
    .where('target', '=', target)
    .where(alive(context))
    .where(heldBy(holder))
    .executeTakeFirst()
  return row !== undefined
}

/** Gives the living code of one session to another. @returns whether there was one */
export async function changeHolder(context: Context, whose: Of, from: string, to: string | null): Promise<boolean> {
  const row = await db(context)
    .updateTable('one_time')
    .set({ holder: to })
    .where(of(whose))
    .where('holder', '=', from)
    .where(alive(context))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Counts a try at the living code, and tells what it is to be compared with; nothing when there is none, or no try
 * left.
 */
export const countTry = (context: Context, whose: Of, holder: string | null) =>
  db(context)
    .updateTable('one_time')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where(of(whose))
    .where(alive(context))
    .whereRef('tries', '<', 'tries_allowed')
    .where(heldBy(holder))
    .returning(['id', 'digest', 'target', 'tries', 'tries_allowed'])
    .executeTakeFirst()

/** The code whose try was just counted is used. In the same transaction: nobody else can have used it. */
export async function useCounted(context: Context, id: string): Promise<void> {
  await db(context).updateTable('one_time').set({ used_at: context.at }).where('id', '=', id).execute()
}

/** Whether this code was replaced by a newer one since a moment. */
export async function wasReplaced(
  context: Context,
  whose: Of,
  { digest, since, holder }: { digest: string; since: Date; holder: string | null },
): Promise<boolean> {
  const row = await db(context)
    .selectFrom('one_time')
    .select('id')
    .where(of(whose))
    .where('digest', '=', digest)
    .where('dead_at', 'is not', null)
    .where('created_at', '>', since)
    .where(heldBy(holder))
    .executeTakeFirst()
  return row !== undefined
}
