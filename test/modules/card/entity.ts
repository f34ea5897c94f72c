import { defineEntity, p } from '@mikro-orm/postgresql'
import { ownKey, wall } from '../../../src/tenancy/isolation.ts'

/** A card with a number somebody signs in with; the number itself is not kept. */
export const Card = defineEntity({
  name: 'Card',
  tableName: 'card',
  ...wall,
  properties: {
    ...ownKey,
    accountId: p.uuid(),
    name: p.text().nullable(),
    digest: p.text(),
    createdAt: p.datetime(),
    removedAt: p.datetime().nullable(),
  },
})
