import { Migration } from '@mikro-orm/migrations'
import { raiseWall } from '../../../migrations/parts/wall.ts'

/** The cards people have. */
export class CardTable extends Migration {
  override up(): void {
    this.addSql(`create table card (
      tenant_id uuid not null,
      id uuid not null,
      account_id uuid not null,
      name text,
      digest text not null,
      created_at timestamptz not null,
      removed_at timestamptz,
      primary key (tenant_id, id)
    )`)
    raiseWall(this, ['card'], [['card', 'account_id', 'account']])
  }
}
