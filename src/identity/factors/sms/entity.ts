import { defineEntity, p } from '@mikro-orm/postgresql'
import { ownKey, wall } from '../../../tenancy/isolation.ts'

/** A mobile number, apart from the account and sealed: used for codes only and shown to nobody but its owner. */
export const Phone = defineEntity({
  name: 'Phone',
  tableName: 'phone',
  ...wall,
  properties: {
    ...ownKey,
    accountId: p.uuid(),
    number: p.text(),
    lookup: p.text(),
    confirmedAt: p.datetime(),
    removedAt: p.datetime().nullable(),
  },
})
