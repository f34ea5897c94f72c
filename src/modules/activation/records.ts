import type { RecordKind } from '../../tenancy/records.ts'
import { invitationOf } from './store.ts'

/** Where somebody's invitation stands. The links that were sent are a kind of their own. */
export const invitationRecords: RecordKind = {
  name: 'invitation',
  tables: [],
  starts: 'accountClosed',
  count: async (context, accountId) => (await invitationOf(context, accountId)).length,
  export: invitationOf,
  erase: null,
  stays: 'it stands in the account, and goes with it',
}
