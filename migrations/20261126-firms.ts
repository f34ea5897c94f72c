import { Migration } from '@mikro-orm/migrations'

/**
 * What is known of every firm without reading its folder or its choices: which version is published, under what host,
 * and what its files were when they were accepted. Firms of before are published as they are; their files are looked at
 * once more.
 */
export default class Firms extends Migration {
  override up(): void {
    this.addSql(`alter table tenant add column version integer, add column name text, add column domain text,
      add column sends_sms boolean not null default false, add column file_digest text, add column folder_digest text,
      add column revision integer`)
    this.addSql('create index tenant_revision on tenant (revision)')
    // Choices stand behind the wall, so they are read firm by firm.
    this.addSql(`do $$
      declare firm record; newest record; revisions integer := 0;
      begin
        for firm in select id from tenant order by slug loop
          perform set_config('app.tenant', firm.id::text, true);
          select version, policy into newest from policy_version where tenant_id = firm.id order by version desc limit 1;
          if found then
            revisions := revisions + 1;
            update tenant set version = newest.version, name = newest.policy ->> 'name', domain = newest.policy ->> 'domain',
              sends_sms = coalesce(newest.policy #> '{secondFactor,of}' ? 'sms', false), revision = revisions
              where id = firm.id;
          end if;
        end loop;
      end $$`)
  }
}
