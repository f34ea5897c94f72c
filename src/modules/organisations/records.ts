import type { RecordKind } from '../../tenancy/records.ts'
import { organisationOf } from './store.ts'

/** The organisation somebody works for. */
export const organisationRecords: RecordKind = {
  name: 'organisation',
  tables: ['organisation'],
  starts: 'accountClosed',
  count: async (context, accountId) => ((await organisationOf(context, accountId)) === null ? 0 : 1),
  async export(context, accountId) {
    const name = await organisationOf(context, accountId)
    return name === null ? [] : [{ name }]
  },
  erase: null,
  stays: 'an organisation is a client of the firm and no person; that somebody works for it goes with their account',
}
