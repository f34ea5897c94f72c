import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import type { RecordKind } from '../../tenancy/records.ts'
import { AuditLine } from './line.ts'

const db = tables(AuditLine)

const rows = (context: Context, accountId: string) =>
  db(context)
    .selectFrom('audit_line')
    .select(['at', 'action', 'outcome'])
    .where('subject', '=', accountId)
    .orderBy('seq')
    .execute()

/** What the log says about somebody. */
export const auditRecords: RecordKind = {
  name: 'log',
  tables: ['audit_line'],
  starts: 'made',
  count: async (context, accountId) => (await rows(context, accountId)).length,
  export: rows,
  erase: null,
  stays: 'access to records is logged for at least five years (NEN 7513), and a line that went would break the chain',
}
