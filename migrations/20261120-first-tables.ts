import { Migration } from '@mikro-orm/migrations'

/** Tables that belong to a firm, and so stand behind the wall. */
const owned = [
  'account',
  'answered_form',
  'audit_line',
  'authenticator',
  'backup_code',
  'one_time',
  'organisation',
  'outbox_message',
  'phone',
  'policy_version',
  'run',
  'secret_question',
  'portal_session',
  'staged',
  'step_mark',
  'trusted_computer',
]

/** Which columns point at which row of the same firm; what is removed with it. */
const references: [table: string, column: string, to: string][] = [
  ['account', 'organisation_id', 'organisation'],
  ['answered_form', 'account_id', 'account'],
  ['authenticator', 'account_id', 'account'],
  ['backup_code', 'account_id', 'account'],
  ['one_time', 'account_id', 'account'],
  ['outbox_message', 'account_id', 'account'],
  ['phone', 'account_id', 'account'],
  ['run', 'account_id', 'account'],
  ['secret_question', 'account_id', 'account'],
  ['portal_session', 'account_id', 'account'],
  ['staged', 'run_id', 'run'],
  ['step_mark', 'run_id', 'run'],
  ['trusted_computer', 'account_id', 'account'],
]

/** The first tables: firms, people, onboarding, factors, sessions, the log and the outbox. */
export default class FirstTables extends Migration {
  override up(): void {
    this.addSql(`
      do $$ begin
        begin
          if not exists (select from pg_roles where rolname = 'portal_app') then create role portal_app nologin; end if;
        exception when duplicate_object or unique_violation then null;
        end;
        begin
          execute format('grant portal_app to %I', current_user);
        exception when insufficient_privilege then
          if not pg_has_role(current_user, 'portal_app', 'member') then raise; end if;
        end;
      end $$`)
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
    this.addSql(`grant usage on schema public to portal_app`)
    this.addSql(`grant select on tenant to portal_app`)
    this.addSql(`grant select, insert, delete on attempt to portal_app`)
    this.addSql(`grant insert on dev_message to portal_app`)
    this.addSql(`revoke update, delete on policy_version, audit_line from portal_app`)
    this.addSql(oneAlive)
    this.addSql(auditChain)
  }
}

const tables = `
create table account (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  email text not null,
  email_lookup text not null,
  username text null,
  username_lookup text null,
  role text null,
  organisation_id uuid null,
  birth_date text null,
  language text not null,
  password_hash text null,
  password_set_at timestamptz null,
  created_at timestamptz not null,
  activated_at timestamptz null,
  blocked_at timestamptz null,
  last_sign_in_at timestamptz null,
  previous_sign_in_at timestamptz null,
  primary key (tenant_id, id)
);
alter table account add constraint account_tenant_id_email_lookup_unique unique (tenant_id, email_lookup);
alter table account add constraint account_tenant_id_username_lookup_unique unique (tenant_id, username_lookup);
create table answered_form (
  tenant_id uuid not null,
  nonce uuid not null,
  account_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, nonce)
);
create table attempt (
  id uuid not null,
  key text not null,
  at timestamptz not null,
  primary key (id)
);
create index attempt_key_at_index on attempt (key, at);
create table audit_line (
  tenant_id uuid not null,
  seq int not null,
  at timestamptz not null,
  actor uuid null,
  action text not null,
  subject uuid null,
  outcome text not null,
  detail jsonb not null,
  network text null,
  browser text null,
  prev_hash text not null,
  hash text not null,
  primary key (tenant_id, seq)
);
create table authenticator (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  secret text not null,
  last_step int null,
  confirmed_at timestamptz not null,
  removed_at timestamptz null,
  primary key (tenant_id, id)
);
create table backup_code (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  digest text not null,
  created_at timestamptz not null,
  used_at timestamptz null,
  replaced_at timestamptz null,
  primary key (tenant_id, id)
);
-- What the cookie's session keeps when there is no Redis; its form is connect-pg-simple's.
create table browser_session (
  sid varchar not null primary key,
  sess json not null,
  expire timestamp(6) not null
);
create index browser_session_expire on browser_session (expire);
create table dev_message (
  id uuid not null,
  tenant text not null,
  kind text not null,
  "to" text not null,
  subject text not null,
  text text not null,
  html text not null,
  at timestamptz not null,
  primary key (id)
);
create table one_time (
  tenant_id uuid not null,
  id uuid not null,
  purpose text not null,
  account_id uuid not null,
  target text null,
  digest text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz null,
  dead_at timestamptz null,
  tries int not null default 0,
  tries_allowed int null,
  primary key (tenant_id, id)
);
create index one_time_tenant_id_digest_index on one_time (tenant_id, digest);
create index one_time_tenant_id_account_id_purpose_index on one_time (tenant_id, account_id, purpose);
create table organisation (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
alter table organisation add constraint organisation_tenant_id_name_unique unique (tenant_id, name);
create table outbox_message (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  purpose text not null,
  account_id uuid null,
  recipient text not null,
  payload text not null,
  created_at timestamptz not null,
  not_after timestamptz null,
  next_at timestamptz not null,
  leased_until timestamptz null,
  attempts int not null default 0,
  sent_at timestamptz null,
  failed_at timestamptz null,
  failure text null,
  primary key (tenant_id, id)
);
create index outbox_message_tenant_id_next_at_index on outbox_message (tenant_id, next_at);
create table phone (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  number text not null,
  lookup text not null,
  confirmed_at timestamptz not null,
  removed_at timestamptz null,
  primary key (tenant_id, id)
);
create table policy_version (
  tenant_id uuid not null,
  version int not null,
  sha256 text not null,
  policy jsonb not null,
  published_at timestamptz not null,
  primary key (tenant_id, version)
);
create table run (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  track text not null,
  policy_version int not null,
  started_at timestamptz not null,
  finished_at timestamptz null,
  ended_at timestamptz null,
  primary key (tenant_id, id)
);
create table secret_question (
  tenant_id uuid not null,
  account_id uuid not null,
  question text not null,
  answer_hash text not null,
  set_at timestamptz not null,
  primary key (tenant_id, account_id)
);
create table portal_session (
  tenant_id uuid not null,
  id uuid not null,
  digest text not null,
  account_id uuid not null,
  level text not null,
  via text not null,
  factor text null,
  near_miss int null,
  started_at timestamptz not null,
  authenticated_at timestamptz null,
  last_seen_at timestamptz not null,
  ends_at timestamptz not null,
  revoked_at timestamptz null,
  browser text not null,
  primary key (tenant_id, id)
);
alter table portal_session add constraint portal_session_tenant_id_digest_unique unique (tenant_id, digest);
create table staged (
  tenant_id uuid not null,
  run_id uuid not null,
  name text not null,
  sealed text not null,
  at timestamptz not null,
  primary key (tenant_id, run_id, name)
);
create table step_mark (
  tenant_id uuid not null,
  run_id uuid not null,
  step text not null,
  outcome text not null,
  value text null,
  at timestamptz not null,
  primary key (tenant_id, run_id, step)
);
create table tenant (
  id uuid not null,
  slug text not null,
  data_key text not null,
  created_at timestamptz not null,
  suspended_at timestamptz null,
  primary key (id)
);
alter table tenant add constraint tenant_slug_unique unique (slug);
create table trusted_computer (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  digest text not null,
  fingerprint text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz null,
  browser text not null,
  primary key (tenant_id, id)
);
`

/** "The newest only" and "one at a time" are decided here, whatever two requests do at once. */
const oneAlive = `
create unique index one_time_alive on one_time (tenant_id, account_id, purpose) where used_at is null and dead_at is null;
create unique index authenticator_alive on authenticator (tenant_id, account_id) where removed_at is null;
create unique index phone_alive on phone (tenant_id, account_id) where removed_at is null;
create unique index backup_code_alive on backup_code (tenant_id, account_id) where used_at is null and replaced_at is null;
create unique index run_open on run (tenant_id, account_id, track) where finished_at is null and ended_at is null;
-- For the list of people: whose mail did not arrive.
create index outbox_message_failed on outbox_message (tenant_id, account_id) where failed_at is not null;
`

/**
 * The log is a chain per firm: every line carries the hash of the one before. The lock makes the order of lines the
 * order of commits; nobody may change or remove a line, the application's role least of all.
 */
const auditChain = `
create function audit_hash(line audit_line) returns text language sql immutable as $$
  select encode(sha256(convert_to(jsonb_build_array(line.tenant_id, line.seq, extract(epoch from line.at)::text, line.actor, line.action,
    line.subject, line.outcome, line.detail, line.network, line.browser, line.prev_hash)::text, 'UTF8')), 'hex')
$$;
create function audit_append() returns trigger language plpgsql as $$
declare last record;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit ' || new.tenant_id, 0));
  select seq, hash into last from audit_line where tenant_id = new.tenant_id order by seq desc limit 1;
  new.seq := coalesce(last.seq, 0) + 1;
  new.prev_hash := coalesce(last.hash, '');
  new.hash := audit_hash(new);
  return new;
end $$;
create trigger audit_append before insert on audit_line for each row execute function audit_append();
create function audit_keep() returns trigger language plpgsql as $$
begin raise exception 'the log is only ever added to'; end $$;
create trigger audit_keep before update or delete or truncate on audit_line for each statement execute function audit_keep();
`
