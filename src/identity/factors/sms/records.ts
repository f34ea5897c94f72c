import { rowsOf, type RecordKind } from '../../../tenancy/records.ts'
import { Phone } from './entity.ts'
import { numberOf } from './store.ts'

const rows = rowsOf(Phone, 'phone', {
  name: 'phones',
  starts: 'accountClosed',
  shows: ['confirmed_at', 'removed_at'],
  order: 'confirmed_at',
})

/** The mobile numbers somebody confirmed: the one they have, and when there were others. */
export const phoneRecords: RecordKind = {
  ...rows,
  async export(context, accountId) {
    const number = await numberOf(context, accountId)
    const all = await rows.export(context, accountId)
    return all.map((row) => ('removed_at' in row && row.removed_at ? row : { number, ...row }))
  },
}
