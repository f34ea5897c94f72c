import { Migration } from '@mikro-orm/migrations'
import { raiseWall } from './parts/wall.ts'

/** That somebody agreed to a version of the firm's terms. */
export default class Terms extends Migration {
  override up(): void {
    this.addSql(table)
    raiseWall(this, ['terms_acceptance'], [['terms_acceptance', 'account_id', 'account']])
  }
}

const table = `
create table terms_acceptance (
  tenant_id uuid not null,
  account_id uuid not null,
  version text not null,
  policy_version integer not null,
  language text not null,
  digest text not null,
  accepted_at timestamptz not null,
  primary key (tenant_id, account_id, version)
);
`
