import { Migration } from '@mikro-orm/migrations'

/** What somebody has begun and not finished, whether on a mailed link or not: looked at whenever an invitation changes. */
export default class UnfinishedFlows extends Migration {
  override up(): void {
    this.addSql(`create index run_unfinished on run (tenant_id, account_id, track)
      where finished_at is null and ended_at is null`)
  }
}
