import { rowsOf } from '../../../src/tenancy/records.ts'
import { Card } from './entity.ts'

/** The cards somebody has and had; never their number. */
export const cardRecords = rowsOf(Card, 'card', {
  name: 'cards',
  starts: 'accountClosed',
  shows: ['name', 'created_at', 'removed_at'],
  order: 'created_at',
})
