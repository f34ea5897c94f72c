import { defineEntity, p } from '@mikro-orm/postgresql'
import { mineOrWorker, ownKey, tenantKey, wall } from './isolation.ts'

/** A mail, SMS, letter or signal waiting to go out, written in the transaction of the act it belongs to. Wiped once sent. */
export const OutboxMessage = defineEntity({
  name: 'OutboxMessage',
  tableName: 'outbox_message',
  ...wall,
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
    sentAt: p.datetime().nullable(),
    failedAt: p.datetime().nullable(),
    failure: p.text().nullable(),
  },
})

/**
 * What is to be sent, and from when: one small table over all firms, so that looking for it costs the same whether
 * there are five firms or ten thousand. It says nothing of anybody: ids and moments. A firm's own transactions see and
 * touch only their own rows, as everywhere; the worker, which is at no firm, sees them all.
 */
export const OutboxDue = defineEntity({
  name: 'OutboxDue',
  tableName: 'outbox_due',
  rowLevelSecurity: 'force',
  policies: [{ name: 'tenant', using: mineOrWorker, check: mineOrWorker }],
  indexes: [
    { name: 'outbox_due_next', expression: 'create index outbox_due_next on outbox_due (kind, urgent desc, due_at)' },
  ],
  properties: {
    ...tenantKey,
    messageId: p.uuid().primary(),
    kind: p.text().$type<'mail' | 'sms' | 'letter' | 'push'>(),
    /** Expires within the hour: goes before what has a day. */
    urgent: p.boolean(),
    createdAt: p.datetime(),
    /** When it may be taken: the moment it was written, the next try, or the end of the lease of who has it. */
    dueAt: p.datetime(),
    attempts: p.integer().default(0),
    /** The other side has taken it. */
    handedAt: p.datetime().nullable(),
  },
})
