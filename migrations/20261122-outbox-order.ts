import { Migration } from '@mikro-orm/migrations'

/** The development outbox in the order in which messages came. */
export default class OutboxOrder extends Migration {
  override up(): void {
    this.addSql('alter table dev_message add column seq serial not null')
    this.addSql('grant usage on sequence dev_message_seq_seq to portal_app')
  }
}
