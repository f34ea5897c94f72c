import { Migration } from '@mikro-orm/migrations'

const mineOrWorker = `case when current_user = 'portal_app' then tenant_id = current_setting('app.tenant')::uuid else true end`

/** What is to be sent and from when, over all firms: so that looking for it is one statement however many firms there are. */
export default class OutboxDue extends Migration {
  override up(): void {
    this.addSql(`create table outbox_due (
      tenant_id uuid not null,
      message_id uuid not null,
      kind text not null,
      urgent boolean not null,
      created_at timestamptz not null,
      due_at timestamptz not null,
      attempts int not null default 0,
      handed_at timestamptz null,
      primary key (tenant_id, message_id))`)
    this.addSql('create index outbox_due_next on outbox_due (kind, urgent desc, due_at)')
    // What waits at every firm is taken over, for which the wall is open to its owner for as long as this transaction lasts.
    this.addSql('alter table outbox_message no force row level security')
    this.addSql(`insert into outbox_due (tenant_id, message_id, kind, urgent, created_at, due_at, attempts)
      select tenant_id, id, kind, not_after is not null and not_after <= created_at + interval '1 hour', created_at, greatest(next_at, coalesce(leased_until, next_at)), attempts
      from outbox_message where sent_at is null and failed_at is null`)
    this.addSql(
      'alter table outbox_due add constraint outbox_due_tenant_fk foreign key (tenant_id) references tenant (id)',
    )
    this.addSql(
      'alter table outbox_due add constraint outbox_due_message_id_fk foreign key (tenant_id, message_id) references outbox_message (tenant_id, id) on delete cascade',
    )
    this.addSql('alter table outbox_message force row level security')
    this.addSql('alter table outbox_message drop column next_at, drop column leased_until, drop column attempts')
    this.addSql('alter table outbox_due enable row level security')
    this.addSql('alter table outbox_due force row level security')
    this.addSql(`create policy tenant on outbox_due using (${mineOrWorker}) with check (${mineOrWorker})`)
    this.addSql('grant select, insert, update, delete on outbox_due to portal_app')
  }
}
