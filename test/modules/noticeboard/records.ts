import type { RecordKind } from '../../../src/tenancy/records.ts'
import { eraseNotesOf, notesOf } from './store.ts'

/** What somebody put on the board. */
export const noteRecords: RecordKind = {
  name: 'notes',
  tables: ['note'],
  starts: 'made',
  count: async (context, accountId) => (await notesOf(context, accountId)).length,
  export: (context, accountId) => notesOf(context, accountId),
  erase: eraseNotesOf,
}
