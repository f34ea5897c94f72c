import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql'
import { ownKey, tenantKey, wall } from '../../tenancy/isolation.ts'

/** What is asked: a new password and number to be saved (`number`), or a link that asks no factor (`link`). */
export type RequestKind = 'number' | 'link'

/**
 * Somebody who has nothing left to prove themselves with, waiting for time (`dueAt`) or for two people of the firm.
 * Done, cancelled and ended are facts decided by one conditional UPDATE each. Password (its hash) and number are
 * sealed, and wiped as soon as one of them is there.
 */
export const RecoveryRequest = defineEntity({
  name: 'RecoveryRequest',
  tableName: 'recovery_request',
  ...wall,
  properties: {
    ...ownKey,
    accountId: p.uuid(),
    kind: p.text().$type<RequestKind>(),
    password: p.text().nullable(),
    number: p.text().nullable(),
    askedAt: p.datetime(),
    dueAt: p.datetime().nullable(),
    doneAt: p.datetime().nullable(),
    cancelledAt: p.datetime().nullable(),
    cancelledBy: p.uuid().nullable(),
    endedAt: p.datetime().nullable(),
  },
})
export type RecoveryRequest = InferEntity<typeof RecoveryRequest>

/** One of the firm's people said yes. The key makes it two different people, whatever is pressed how often. */
export const RecoveryRelease = defineEntity({
  name: 'RecoveryRelease',
  tableName: 'recovery_release',
  ...wall,
  properties: { ...tenantKey, requestId: p.uuid().primary(), staffId: p.uuid().primary(), at: p.datetime() },
})
