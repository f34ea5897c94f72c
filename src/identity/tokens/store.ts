import { anyOf } from '../../platform/db/lists.ts'
import type { Context } from '../../tenancy/context.ts'
import { languageOf } from '../accounts/index.ts'
import { alive, db, of, unspent, type NewOneTime, type Of } from './conditions.ts'
import type { Purpose } from './one-time.ts'

export async function insertOneTime(context: Context, row: NewOneTime) {
  await db(context)
    .insertInto('one_time')
    .values({ ...row, tenant_id: context.tenant.id, created_at: context.at })
    .execute()
}

/** Kills what is alive of somebody for these purposes. */
export async function killOneTime(context: Context, accountId: string, ...purposes: Purpose[]): Promise<void> {
  await db(context)
    .updateTable('one_time')
    .set({ dead_at: context.at })
    .where('account_id', '=', accountId)
    .where((eb) => eb('purpose', '=', anyOf(purposes)))
    .where(unspent)
    .execute()
}

/** The same, of what was made at a moment or later. */
export async function killMadeSince(context: Context, whose: Of, since: Date): Promise<void> {
  await db(context)
    .updateTable('one_time')
    .set({ dead_at: context.at })
    .where(of(whose))
    .where('created_at', '>=', since)
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

/** What is alive of somebody for this purpose, with what is held with it. */
export const livingOf = (context: Context, whose: Of) =>
  db(context)
    .selectFrom('one_time')
    .select(['id', 'held', 'expires_at'])
    .where(of(whose))
    .where(alive(context))
    .executeTakeFirst()

/** Keeps something, sealed, with a one-time thing; and how often it may be tried, where that is not the usual. */
export async function attach(
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

/**
 * Counts a try at a link. @returns how many there were with it; null when there is none left, or it is dead
 * @param most left out: as many as were allowed when it was made
 */
export async function countTryAt(context: Context, id: string, most?: number): Promise<number | null> {
  const row = await db(context)
    .updateTable('one_time')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .where((eb) => eb('tries', '<', most ?? eb.ref('tries_allowed')))
    .where(unspent)
    .returning('tries')
    .executeTakeFirst()
  return row?.tries ?? null
}

/** How often a link was tried, whatever became of it; 0 for one that never was. */
export async function triesAt(context: Context, link: { id: string } | { digest: string }): Promise<number> {
  const row = await db(context)
    .selectFrom('one_time')
    .select('tries')
    .where((eb) => eb.and(link))
    .executeTakeFirst()
  return row?.tries ?? 0
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

/** Whether something of somebody for this purpose was neither used nor replaced; it may be too late. */
export async function isUnspent(context: Context, whose: Of): Promise<boolean> {
  const row = await db(context).selectFrom('one_time').select('id').where(of(whose)).where(unspent).executeTakeFirst()
  return row !== undefined
}

/** The newest there is of somebody for this purpose, whatever became of it. */
export async function newestOf(context: Context, whose: Of): Promise<string | null> {
  const row = await db(context)
    .selectFrom('one_time')
    .select('id')
    .where(of(whose))
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Spends the links to an activation as soon as there is another way in: their own password, or a mailed one. */
export async function spendActivation(context: Context, accountId: string, hasPassword: boolean): Promise<void> {
  const mailed = db(context)
    .selectFrom('one_time')
    .select('id')
    .where(of({ accountId, purpose: 'temporaryPassword' }))
    .where(unspent)
  await db(context)
    .updateTable('one_time')
    .set({ used_at: context.at })
    .where(of({ accountId, purpose: 'activation' }))
    .where(unspent)
    .$if(!hasPassword, (query) => query.where((eb) => eb.exists(mailed)))
    .execute()
}

/** Whether something was made of somebody for this purpose later than a moment, whatever became of it. */
export async function wasMadeSince(context: Context, whose: Of, since: Date): Promise<boolean> {
  const row = await db(context)
    .selectFrom('one_time')
    .select('id')
    .where(of(whose))
    .where('created_at', '>', since)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
