import type { Insertable } from 'kysely'
import { tables, type TablesOf } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { FormDraft } from './form-draft.ts'

const db = tables(FormDraft)

export async function insertDraft(
  context: Context,
  row: Omit<Insertable<TablesOf<typeof db>['form_draft']>, 'tenant_id'>,
): Promise<void> {
  await db(context)
    .insertInto('form_draft')
    .values({ tenant_id: context.tenant.id, ...row })
    .execute()
}

/** Drops the drafts of an account but the newest. */
export async function makeRoom(context: Context, accountId: string, stays: number): Promise<void> {
  const newest = db(context)
    .selectFrom('form_draft')
    .select('id')
    .where('account_id', '=', accountId)
    .orderBy('expires_at', 'desc')
    .orderBy('id')
    .limit(stays)
  await db(context).deleteFrom('form_draft').where('account_id', '=', accountId).where('id', 'not in', newest).execute()
}

/** Takes a draft of an account out: it is gone from here on. */
export const takeOne = (context: Context, accountId: string, id: string) =>
  db(context)
    .deleteFrom('form_draft')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .returning(['fields', 'expires_at'])
    .executeTakeFirst()

export async function wipeDrafts(context: Context): Promise<void> {
  await db(context).deleteFrom('form_draft').where('expires_at', '<=', context.at).execute()
}

/** When the next one is to be wiped; null where there is none. */
export async function nextEnd(context: Context): Promise<Date | null> {
  const left = await db(context)
    .selectFrom('form_draft')
    .select((eb) => eb.fn.min<Date | null>('expires_at').as('at'))
    .executeTakeFirst()
  return left?.at ?? null
}
