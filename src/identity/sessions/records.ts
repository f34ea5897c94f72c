import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import type { RecordKind } from '../../tenancy/records.ts'
import { Session } from './session.ts'

const db = tables(Session)

const rows = (context: Context, accountId: string) =>
  db(context)
    .selectFrom('portal_session')
    .select(['started_at', 'last_seen_at', 'ends_at', 'revoked_at', 'browser', 'network'])
    .where('account_id', '=', accountId)
    .orderBy('started_at')
    .execute()

/** When and from where somebody was signed in. */
export const sessionRecords: RecordKind = {
  name: 'sessions',
  starts: 'made',
  count: async (context, accountId) => (await rows(context, accountId)).length,
  export: rows,
  erase: async (context, accountId) =>
    (await db(context).deleteFrom('portal_session').where('account_id', '=', accountId).returning('id').execute())
      .length,
}
