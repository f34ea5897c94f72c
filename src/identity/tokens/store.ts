import type { ExpressionBuilder, Insertable } from 'kysely'
import { tables, type TablesOf } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { languageOf } from '../accounts/index.ts'
import { OneTime, type Purpose } from './one-time.ts'

const db = tables(OneTime)
type Row = TablesOf<typeof db>['one_time']
type Where = ExpressionBuilder<TablesOf<typeof db>, 'one_time'>

/** Neither used nor replaced; it may be too late. */
const unspent = (eb: Where) => eb.and([eb('used_at', 'is', null), eb('dead_at', 'is', null)])
const alive = (context: Context) => (eb: Where) => eb.and([unspent(eb), eb('expires_at', '>', context.at)])
/** One that is bound to no session, or to this one. */
const heldBy = (holder: string | null) => (eb: Where) => eb.or([eb('holder', 'is', null), eb('holder', '=', holder)])

/** Whose and for what. */
export interface Of {
  accountId: string
  purpose: Purpose
}
const of =
  ({ accountId, purpose }: Of) =>
  (eb: Where) =>
    eb.and({ account_id: accountId, purpose })

export async function insertOneTime(context: Context, row: Omit<Insertable<Row>, 'tenant_id' | 'created_at'>) {
  await db(context)
    .insertInto('one_time')
    .values({ ...row, tenant_id: context.tenant.id, created_at: context.at })
    .execute()
}

/** Kills what is alive for this purpose, so that the newest is the only one. */
export async function killOneTime(context: Context, accountId: string, purpose: Purpose): Promise<void> {
  await db(context)
    .updateTable('one_time')
    .set({ dead_at: context.at })
    .where(of({ accountId, purpose }))
    .where(unspent)
    .execute()
}

/** A link by the digest of its token, with the language of whose it is. */
export const findByDigest = (context: Context, digest: string, purpose: Purpose) =>
  db(context)
    .selectFrom('one_time as o')
    .select(['o.id', 'o.account_id', 'o.created_at', 'o.expires_at', 'o.held', 'o.used_at', 'o.dead_at'])
    .select((eb) => languageOf(eb.ref('o.account_id')).as('language'))
    .where('o.digest', '=', digest)
    .where('o.purpose', '=', purpose)
    .executeTakeFirst()

/** Spends a one-time thing, once: of many at the same moment one gets true. */
export async function spend(context: Context, id: string): Promise<boolean> {
  const row = await db(context)
    .updateTable('one_time')
    .set({ used_at: context.at })
    .where('id', '=', id)
    .where(alive(context))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

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

/** Counts a try at the living code, and tells what it is to be compared with; nothing when there is none, or no try left. */
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

/** What is alive of somebody for this purpose, with what is held with it. */
export const livingOf = (context: Context, whose: Of) =>
  db(context)
    .selectFrom('one_time')
    .select(['id', 'held', 'expires_at'])
    .where(of(whose))
    .where(alive(context))
    .executeTakeFirst()

/** Keeps something, sealed, with a one-time thing; and how often it may be tried, where that is not the usual. */
export async function hold(
  context: Context,
  id: string,
  { held, triesAllowed }: { held: string; triesAllowed?: number },
): Promise<void> {
  await db(context)
    .updateTable('one_time')
    .set({ held, ...(triesAllowed !== undefined && { tries_allowed: triesAllowed }) })
    .where('id', '=', id)
    .execute()
}

/** Counts a try at a link. @returns how many there were with it; null when there is none left, or it is dead */
export async function countTryAt(context: Context, id: string): Promise<number | null> {
  const row = await db(context)
    .updateTable('one_time')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .whereRef('tries', '<', 'tries_allowed')
    .where(unspent)
    .returning('tries')
    .executeTakeFirst()
  return row?.tries ?? null
}

/** It works no more. */
export async function killOne(context: Context, id: string): Promise<void> {
  await db(context).updateTable('one_time').set({ dead_at: context.at }).where('id', '=', id).execute()
}

/** Writes down that something that was never kept was used now, under an id made from it. @returns whether it is the first time */
export async function useOnce(
  context: Context,
  { id, digest, accountId, purpose }: Of & { id: string; digest: string },
): Promise<boolean> {
  const row = await db(context)
    .insertInto('one_time')
    .values({
      tenant_id: context.tenant.id,
      id,
      purpose,
      account_id: accountId,
      digest,
      created_at: context.at,
      expires_at: context.at,
      used_at: context.at,
    })
    .onConflict((on) => on.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
