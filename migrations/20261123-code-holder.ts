import { Migration } from '@mikro-orm/migrations'

/** A code belongs to the browser's session that asked for it, and a session knows which form began it. What was sent before has no holder, and ends within minutes. */
export default class CodeHolder extends Migration {
  override up(): void {
    this.addSql('alter table one_time add column holder text null')
    this.addSql('alter table portal_session add column form uuid null')
  }
}
