import { defineEntity, p } from '@mikro-orm/postgresql'
import { ownKey, wall } from './owned.ts'

/** A mail, SMS, letter or signal waiting to go out, written in the transaction of the act it belongs to. Wiped once sent. */
export const OutboxMessage = defineEntity({
  name: 'OutboxMessage', tableName: 'outbox_message', ...wall,
  indexes: [{ properties: ['tenantId', 'nextAt'] as never }],
  properties: {
    ...ownKey,
    kind: p.text().$type<'mail' | 'sms' | 'letter' | 'push'>(),
    purpose: p.text(),
    accountId: p.uuid().nullable(),
    /** Of a mail: a keyed digest of the address, which tells whether that still is the person's address when it comes back. */
    recipient: p.text(),
    payload: p.text(),
    createdAt: p.datetime(),
    notAfter: p.datetime().nullable(),
    nextAt: p.datetime(),
    leasedUntil: p.datetime().nullable(),
    attempts: p.integer().default(0),
    sentAt: p.datetime().nullable(),
    failedAt: p.datetime().nullable(),
    failure: p.text().nullable(),
  },
})
