import { Migration } from '@mikro-orm/migrations'

/**
 * Getting back in is a flow like every other: what one browser has shown on one mailed link is progress in it, with the
 * marks of its steps and what is staged. Who was half-way goes on where they were.
 */
export default class RecoveryFlow extends Migration {
  override up(): void {
    // A new constraint looks at the rows there are, and behind the wall nobody looks without naming a firm; no row has a link yet.
    this.addSql(`select set_config('app.tenant', '00000000-0000-0000-0000-000000000000', true)`)
    this.addSql('alter table run add column link_id uuid null, add column browser text null')
    this.addSql(`alter table run add constraint run_link_id_fk
      foreign key (tenant_id, link_id) references one_time (tenant_id, id) on delete cascade`)
    this.addSql('alter table run add constraint run_on_link check ((link_id is null) = (browser is null))')
    // Of what is no link's, one is open; on a link there is one for each browser.
    this.addSql('drop index run_open')
    this.addSql(`create unique index run_open on run (tenant_id, account_id, track)
      where finished_at is null and ended_at is null and link_id is null`)
    this.addSql('create unique index run_link on run (tenant_id, link_id, browser) where link_id is not null')
    this.addSql(takeOver)
    this.addSql('drop table reset_progress')
  }
}

/** The owner stands behind the wall as well: a firm at a time. Encrypted values stay bound to what they were bound to. */
const takeOver = `
do $$ declare firm uuid; begin
  for firm in select id from tenant loop
    perform set_config('app.tenant', firm::text, true);
    insert into run (tenant_id, id, account_id, track, policy_version, started_at, link_id, browser)
      select tenant_id, id, account_id, 'recovery',
        coalesce((select max(version) from policy_version v where v.tenant_id = p.tenant_id), 1), begun_at, link_id, browser
      from reset_progress p;
    insert into step_mark (tenant_id, run_id, step, outcome, value, at)
      select tenant_id, id, 'question', 'done', null, answered_at from reset_progress where answered_at is not null
      union all select tenant_id, id, 'way', 'done', way, begun_at from reset_progress where way is not null
      union all select tenant_id, id, 'code', 'done', null, proven_at from reset_progress where proven_at is not null
      union all select tenant_id, id, 'numberCode', 'done', null, number_proven_at from reset_progress
        where number_proven_at is not null;
    insert into staged (tenant_id, run_id, name, sealed, at)
      select tenant_id, id, 'password', password, staged_at from reset_progress
        where password is not null and staged_at is not null
      union all select tenant_id, id, 'number', number, staged_at from reset_progress
        where number is not null and staged_at is not null;
  end loop;
end $$`
