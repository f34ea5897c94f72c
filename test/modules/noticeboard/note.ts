import { defineEntity, p } from '@mikro-orm/postgresql'
import { ownKey, wall } from '../../../src/tenancy/isolation.ts'

/** A note on the board. */
export const Note = defineEntity({
  name: 'Note',
  tableName: 'note',
  ...wall,
  properties: { ...ownKey, accountId: p.uuid(), text: p.text(), createdAt: p.datetime() },
})
