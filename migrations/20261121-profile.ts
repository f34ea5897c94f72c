import { Migration } from '@mikro-orm/migrations'

/** What "Mijn gegevens" and the step-up need to know. The tables, and so their wall and their rights, were there. */
export default class Profile extends Migration {
  override up(): void {
    this.addSql('alter table portal_session add column stepped_up_at timestamptz null, add column network text null')
    this.addSql('alter table one_time add column held text null')
    this.addSql('create index audit_line_tenant_id_subject_seq_index on audit_line (tenant_id, subject, seq)')
    // Of links that only protect, many may live side by side: a later one must not silence an earlier one.
    this.addSql('drop index one_time_alive')
    this.addSql(`create unique index one_time_alive on one_time (tenant_id, account_id, purpose)
      where used_at is null and dead_at is null and purpose <> 'notMe'`)
  }
}
