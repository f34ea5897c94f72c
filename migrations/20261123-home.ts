import { Migration } from '@mikro-orm/migrations'

/** Indexes for what the home page counts and names, so that it is as quick at a firm with 100,000 people as at one with ten. */
export default class Home extends Migration {
  override up(): void {
    // Who is active and since when, and (no moment) who is not yet.
    this.addSql('create index account_people on account (tenant_id, activated_at) where blocked_at is null')
    this.addSql(`create index account_mail_fails on account (tenant_id, mail_failed_at)
      where mail_failed_at is not null and blocked_at is null`)
    this.addSql('create index account_tenant_id_organisation_id_index on account (tenant_id, organisation_id)')
    // Invitations that still work, by the moment they stop.
    this.addSql(`create index one_time_open_invitation on one_time (tenant_id, expires_at)
      where purpose = 'activation' and used_at is null and dead_at is null`)
  }
}
