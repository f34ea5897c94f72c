import { defineEntity, p } from '@mikro-orm/postgresql'
import { ownKey, wall } from '../../../tenancy/isolation.ts'

/** A confirmed authenticator app (RFC 6238). `lastStep` is the newest 30-second step used, so that no code works twice. */
export const Authenticator = defineEntity({
  name: 'Authenticator',
  tableName: 'authenticator',
  ...wall,
  properties: {
    ...ownKey,
    accountId: p.uuid(),
    /** What its owner calls it; null for the only one. */
    name: p.text().nullable(),
    secret: p.text(),
    lastStep: p.integer().nullable(),
    /** By how many steps the last wrong code was off, where that was a near miss, and in which session. */
    nearMiss: p.integer().nullable(),
    nearMissIn: p.uuid().nullable(),
    confirmedAt: p.datetime(),
    removedAt: p.datetime().nullable(),
  },
})
