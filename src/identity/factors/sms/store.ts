import { tables } from '../../../platform/db/tables.ts'
import type { Context } from '../../../tenancy/context.ts'
import { enrolments } from '../enrolments.ts'
import { Phone } from './entity.ts'

const db = tables(Phone)

export const phones = enrolments(db, 'phone', { came: 'confirmed_at', went: 'removed_at' })

const living = (context: Context, accountId: string, hadAt?: Date) =>
  db(context)
    .selectFrom('phone')
    .select(['id', 'number as sealed'])
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .$if(hadAt !== undefined, (query) => query.where('confirmed_at', '<=', hadAt as Date))

/** What is sealed of somebody's phone. */
export const sealedNumbers = (context: Context, accountId: string) => living(context, accountId).execute()

/** The number of somebody's confirmed phone, in E.164, for sending a code; null when there is none, or none they had by that moment. */
export async function numberOf(context: Context, accountId: string, hadAt?: Date): Promise<string | null> {
  const row = await living(context, accountId, hadAt).executeTakeFirst()
  return row ? context.unseal('phone', 'number', row.id, row.sealed) : null
}

/** Keeps a number that was just confirmed by a code; the one before is put away. In the caller's transaction. @param since now, unless said */
export async function savePhone(
  context: Context,
  accountId: string,
  number: string,
  since: Date = context.at,
): Promise<void> {
  const id = crypto.randomUUID()
  await phones.remove(context, accountId)
  await db(context)
    .insertInto('phone')
    .values({
      tenant_id: context.tenant.id,
      id,
      account_id: accountId,
      number: context.tenant.vault.seal(context.associatedData('phone', 'number', id), number),
      lookup: context.tenant.vault.mac('phone', number),
      confirmed_at: since,
    })
    .execute()
}
