import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import type { RecordKind } from '../../tenancy/records.ts'
import { Account } from './account.ts'

const db = tables(Account)

const rows = (context: Context, accountId: string) =>
  db(context)
    .selectFrom('account')
    .select(['name', 'email', 'username', 'role', 'language', 'created_at', 'activated_at', 'last_sign_in_at'])
    .where('id', '=', accountId)
    .execute()

/** The account itself. Its date of birth is there to be compared with what somebody types, and is not shown. */
export const accountRecords: RecordKind = {
  name: 'account',
  starts: 'accountClosed',
  count: async (context, accountId) => (await rows(context, accountId)).length,
  export: rows,
  erase: async (context, accountId) =>
    (await db(context).deleteFrom('account').where('id', '=', accountId).returning('id').execute()).length,
}
