import { Migration } from '@mikro-orm/migrations'

/** What belongs to an account and was looked for among everybody's: at every sign-in, and on every page of a flow. */
export default class OfAccount extends Migration {
  override up(): void {
    this.addSql('create index run_tenant_id_account_id_track_index on run (tenant_id, account_id, track)')
    this.addSql('drop index run_unfinished')
    this.addSql('create index portal_session_open on portal_session (tenant_id, account_id) where revoked_at is null')
  }
}
