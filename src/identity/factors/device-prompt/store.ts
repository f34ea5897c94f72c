import type { ExpressionBuilder, Insertable } from 'kysely'
import { anyOf } from '../../../platform/db/lists.ts'
import { tables, type Bound, type TablesOf } from '../../../platform/db/tables.ts'
import type { Context } from '../../../tenancy/context.ts'
import { nameUnlessBlocked } from '../../accounts/index.ts'
import { enrolments } from '../enrolments.ts'
import { PromptDevice } from './entity.ts'

const db = tables(PromptDevice)
type Where = ExpressionBuilder<TablesOf<typeof db>, 'approver'>

export const devices = enrolments(db, 'approver', {
  came: 'created_at',
  went: 'removed_at',
  forgets: 'push',
  called: 'name',
})

/** Neither removed nor unused since this moment. */
const awake = (since: Date) => (eb: Where) =>
  eb.and([eb('removed_at', 'is', null), eb(eb.fn.coalesce('used_at', 'created_at'), '>', since)])

/** The devices with these tokens, the oldest first, and whose they are; none of an account that is blocked. */
export async function devicesBy(context: Context, digests: string[], since: Date) {
  const rows = await db(context)
    .selectFrom('approver')
    .select((eb) => ['id', 'account_id', eb('push', 'is not', null).as('wakes')])
    .select((eb) => nameUnlessBlocked(eb.ref('approver.account_id')).as('owner'))
    .where((eb) => eb('digest', '=', anyOf(digests)))
    .where(awake(since))
    .orderBy('created_at')
    .execute()
  return rows.flatMap(({ owner, ...row }) => (owner === null ? [] : [{ ...row, owner }]))
}

/** The devices of an account that have none of these tokens; with `hadAt` those that were there by then. */
export const devicesBut = (
  context: Context,
  accountId: string,
  { digests, since, hadAt }: { digests: string[]; since: Date; hadAt?: Date | undefined },
) =>
  db(context)
    .selectFrom('approver')
    .select(['id', 'push'])
    .where('account_id', '=', accountId)
    .where((eb) => eb.not(eb('digest', '=', anyOf(digests))))
    .where(awake(since))
    .$if(hadAt !== undefined, (query) => query.where('created_at', '<=', hadAt as Date))
    .execute()

/** Of these tokens those that are devices of other accounts. */
export async function digestsOfOthers(context: Context, digests: string[], accountId: string): Promise<string[]> {
  const rows = await db(context)
    .selectFrom('approver')
    .select('digest')
    .where((eb) => eb('digest', '=', anyOf(digests)))
    .where('account_id', '<>', accountId)
    .where('removed_at', 'is', null)
    .execute()
  return rows.map(({ digest }) => digest)
}

export async function insertDevice(
  context: Context,
  row: Pick<Insertable<TablesOf<typeof db>['approver']>, 'account_id' | 'name' | 'digest'>,
): Promise<void> {
  await db(context)
    .insertInto('approver')
    .values({ ...row, tenant_id: context.tenant.id, id: crypto.randomUUID(), created_at: context.at })
    .execute()
}

/** Writes down that a device was used now; with a digest it has another token from now on. */
export async function useDevice(context: Context, id: string, digest?: string): Promise<void> {
  await db(context)
    .updateTable('approver')
    .set({ used_at: context.at, ...(digest !== undefined && { digest }) })
    .where('id', '=', id)
    .execute()
}

/** Somebody's devices, the newest first. `here`: the one with one of these tokens. */
export const devicesOf = (context: Context, accountId: string, digests: string[]) =>
  db(context)
    .selectFrom('approver')
    .select(['id', 'name', 'created_at', 'used_at'])
    .select((eb) => [eb('push', 'is not', null).as('wakes'), eb('digest', '=', anyOf(digests)).as('here')])
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()

/** Writes down where a device can be woken, sealed; null: nowhere. @returns whether it is still one */
export async function setPush(at: Bound, id: string, push: string | null): Promise<boolean> {
  const row = await db(at)
    .updateTable('approver')
    .set({ push })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
