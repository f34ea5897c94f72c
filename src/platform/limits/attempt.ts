import { defineEntity, p } from '@mikro-orm/postgresql'

/** One counted attempt. Says nothing of whom: `key` is a keyed digest, so limits can hold across firms without a trace. */
export const Attempt = defineEntity({
  name: 'Attempt',
  tableName: 'attempt',
  indexes: [{ properties: ['key', 'at'] }],
  properties: { id: p.uuid().primary(), key: p.text(), at: p.datetime() },
})
