import { Migration } from '@mikro-orm/migrations'
import { raiseWall } from '../../../migrations/parts/wall.ts'

/** Notes on the board. */
export default class NotesTable extends Migration {
  override up(): void {
    this.addSql(`create table note (
      tenant_id uuid not null,
      id uuid not null,
      account_id uuid not null,
      text text not null,
      created_at timestamptz not null,
      primary key (tenant_id, id)
    )`)
    raiseWall(this, ['note'], [['note', 'account_id', 'account']])
    this.addSql(`create trigger note_created_at_due after insert on note
      for each row execute function notice_work('noticeboard', 'created_at')`)
  }
}
