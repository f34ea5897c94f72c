import { Migration } from '@mikro-orm/migrations'
import { raiseWall } from './parts/wall.ts'

/** What was typed into a form whose session was over, kept for its owner. */
export default class FormDrafts extends Migration {
  override up(): void {
    this.addSql(`create table form_draft (
      tenant_id uuid not null,
      id uuid not null,
      account_id uuid not null,
      fields text not null,
      expires_at timestamptz not null,
      primary key (tenant_id, id)
    )`)
    raiseWall(this, ['form_draft'], [['form_draft', 'account_id', 'account']])
    this.addSql('create index form_draft_tenant_id_account_id_index on form_draft (tenant_id, account_id)')
  }
}
