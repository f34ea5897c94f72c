import { Migration } from '@mikro-orm/migrations'
import { raiseWall } from './parts/wall.ts'

/** Browsers that signed in to an account before, and accounts whose owner is to be told that somebody keeps trying. */
export default class KnownBrowser extends Migration {
  override up(): void {
    this.addSql(tables)
    raiseWall(
      this,
      ['known_browser', 'sign_in_alarm'],
      [
        ['known_browser', 'account_id', 'account'],
        ['sign_in_alarm', 'account_id', 'account'],
      ],
    )
    this.addSql(
      'alter table known_browser add constraint known_browser_tenant_id_account_id_digest_unique unique (tenant_id, account_id, digest)',
    )
  }
}

const tables = `
create table known_browser (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  digest text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (tenant_id, id)
);
create table sign_in_alarm (
  tenant_id uuid not null,
  account_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, account_id)
);
`
