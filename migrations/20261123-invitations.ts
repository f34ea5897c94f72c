import { Migration } from '@mikro-orm/migrations'

/** An invitation that waits for another day, and one to an address that the firm knows elsewhere. */
export default class Invitations extends Migration {
  override up(): void {
    this.addSql(
      'alter table account add column invite_after timestamptz null, add column known_elsewhere boolean not null default false',
    )
  }
}
