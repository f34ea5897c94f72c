import { defineEntity, p } from '@mikro-orm/postgresql'

/** What the development outbox shows: messages that would have gone out. Only ever written in development. */
export const DevMessage = defineEntity({
  name: 'DevMessage',
  tableName: 'dev_message',
  properties: {
    id: p.uuid().primary(),
    tenant: p.text(),
    kind: p.text().$type<'mail' | 'sms' | 'letter' | 'push'>(),
    to: p.text(),
    subject: p.text(),
    text: p.text(),
    html: p.text(),
    at: p.datetime(),
    seq: p.integer().autoincrement(),
  },
})
