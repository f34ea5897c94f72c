import { Migration } from '@mikro-orm/migrations'

const owned = ['reset_progress', 'recovery_request', 'recovery_release']

const references: [table: string, column: string, to: string][] = [
  ['reset_progress', 'link_id', 'one_time'],
  ['reset_progress', 'account_id', 'account'],
  ['recovery_request', 'account_id', 'account'],
  ['recovery_release', 'request_id', 'recovery_request'],
  ['recovery_release', 'staff_id', 'account'],
]

/** Getting back in: how far somebody is with a mailed link, what waits for time or for two people, and who released it. */
export default class Recovery extends Migration {
  override up(): void {
    // A new constraint looks at the rows of `account`, and behind the wall nobody looks without naming a firm; these tables are still empty.
    this.addSql(`select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true)`)
    this.addSql(tables)
    for (const table of owned)
      this.addSql(
        `alter table ${table} add constraint ${table}_tenant_fk foreign key (tenant_id) references tenant (id)`,
      )
    for (const [table, column, to] of references) {
      this.addSql(
        `alter table ${table} add constraint ${table}_${column}_fk foreign key (tenant_id, ${column}) references ${to} (tenant_id, id) on delete cascade`,
      )
    }
    for (const table of owned) {
      this.addSql(`alter table ${table} enable row level security`)
      this.addSql(`alter table ${table} force row level security`)
      this.addSql(
        `create policy tenant on ${table} using (tenant_id = current_setting('app.tenant')::uuid) with check (tenant_id = current_setting('app.tenant')::uuid)`,
      )
      this.addSql(`grant select, insert, update, delete on ${table} to portal_app`)
    }
    this.addSql(oneOpen)
  }
}

const tables = `
create table reset_progress (
  tenant_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  browser text not null,
  account_id uuid not null,
  begun_at timestamptz not null,
  answered_at timestamptz null,
  way text null,
  proven_at timestamptz null,
  password text null,
  number text null,
  staged_at timestamptz null,
  number_proven_at timestamptz null,
  primary key (tenant_id, id)
);
alter table reset_progress add constraint reset_progress_tenant_id_link_id_browser_unique unique (tenant_id, link_id, browser);
create table recovery_request (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  kind text not null,
  password text null,
  number text null,
  asked_at timestamptz not null,
  due_at timestamptz null,
  done_at timestamptz null,
  cancelled_at timestamptz null,
  cancelled_by uuid null,
  ended_at timestamptz null,
  primary key (tenant_id, id)
);
create table recovery_release (
  tenant_id uuid not null,
  request_id uuid not null,
  staff_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, request_id, staff_id)
);
`

/** One open request for a person: a newer one takes the place of the one before. */
const oneOpen = `
create unique index recovery_request_open on recovery_request (tenant_id, account_id) where done_at is null and cancelled_at is null and ended_at is null;
`
