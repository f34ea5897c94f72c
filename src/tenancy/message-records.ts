import { rowsOf } from './records.ts'
import { OutboxMessage } from './outbox-message.ts'

/** The mails and SMS that went to somebody; their words are encrypted and go soon. */
export const messageRecords = rowsOf(OutboxMessage, 'outbox_message', {
  name: 'messages',
  starts: 'made',
  shows: ['kind', 'purpose', 'created_at', 'sent_at', 'failed_at'],
  order: 'created_at',
})
