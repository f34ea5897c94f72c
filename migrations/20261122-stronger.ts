import { Migration } from '@mikro-orm/migrations'
import { raiseWall } from './parts/wall.ts'

/** Stronger factors (passkeys, approving on another device), several apps with a name each, and rules that became stricter. */
export default class Stronger extends Migration {
  override up(): void {
    this.addSql(tables)
    raiseWall(
      this,
      ['passkey', 'approver', 'approval'],
      [
        ['passkey', 'account_id', 'account'],
        ['approver', 'account_id', 'account'],
        ['approval', 'account_id', 'account'],
        ['approval', 'approver_id', 'approver'],
        ['approval', 'asker_id', 'approver'],
      ],
    )
    this.addSql('alter table passkey add constraint passkey_tenant_id_credential_unique unique (tenant_id, credential)')
    this.addSql('create index passkey_tenant_id_account_id_index on passkey (tenant_id, account_id)')
    this.addSql('create index approver_tenant_id_account_id_index on approver (tenant_id, account_id)')
    this.addSql('alter table approver add constraint approver_tenant_id_digest_unique unique (tenant_id, digest)')
    this.addSql(
      'create index approval_tenant_id_account_id_asked_at_index on approval (tenant_id, account_id, asked_at)',
    )
    this.addSql('create index backup_code_tenant_id_account_id_index on backup_code (tenant_id, account_id)')
    // Somebody may have several apps, told apart by name.
    this.addSql('drop index authenticator_alive')
    this.addSql('create index authenticator_alive on authenticator (tenant_id, account_id) where removed_at is null')
    this.addSql('alter table authenticator add column name text null')
    this.addSql('alter table run add column asked text null')
    this.addSql(
      'alter table account add column password_version integer null, add column told_at timestamptz null, add column mail_failed_at timestamptz null',
    )
  }
}

const tables = `
create table passkey (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  credential text not null,
  public_key text not null,
  counter bigint not null,
  transports text not null,
  synced boolean not null,
  created_at timestamptz not null,
  used_at timestamptz null,
  removed_at timestamptz null,
  primary key (tenant_id, id)
);
create table approver (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  digest text not null,
  push text null,
  created_at timestamptz not null,
  used_at timestamptz null,
  removed_at timestamptz null,
  primary key (tenant_id, id)
);
create table approval (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  approver_id uuid null,
  asker_id uuid null,
  purpose text not null,
  holder text not null,
  number integer not null,
  choices text not null,
  browser text not null,
  network text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz null,
  approved boolean null,
  used_at timestamptz null,
  primary key (tenant_id, id)
);
`
