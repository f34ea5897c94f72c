import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql'

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

/** A message as the development outbox shows it. `tenant` is the firm's slug; an SMS has no subject and no html. */
export type KeptMessage = Omit<InferEntity<typeof DevMessage>, 'seq'>
