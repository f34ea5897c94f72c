import { Migration } from '@mikro-orm/migrations'

/**
 * Looking for people by a piece of their name or address, by an index. Behind row-level security none can serve that:
 * PostgreSQL asks only operators it calls leakproof before a policy, and LIKE is none of them. So one function looks
 * past the policy of `account`, and does what the policy does: only the firm of the transaction, or an error where
 * there is none. Its owner is a role that nobody can be, which reads three columns of one table, and it gives ids and
 * nothing else: whose they are is read by the one who asks, behind the wall as ever.
 */
export default class Search extends Migration {
  override up(): void {
    for (const statement of [extensions, role, pieces, look, rights, handOver]) this.addSql(statement)
  }
}

/** Both come with PostgreSQL, and whoever owns a database may add them (PostgreSQL 13 and later call them trusted). */
const extensions = 'create extension if not exists pg_trgm; create extension if not exists btree_gin'

const role = `
do $$ begin
  if not exists (select from pg_roles where rolname = 'portal_search') then create role portal_search nologin; end if;
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise exception 'there is no role portal_search and % may not make it: have it made (create role portal_search nologin)', current_user;
end $$`

/**
 * Pieces of three characters, of each firm by itself. Where the extension was there before, it may be in another
 * schema. What was written last is collected first and read from end to end by every search, so that is kept short
 * (kB).
 */
const pieces = `
do $$ declare place text; begin
  select n.nspname into strict place from pg_extension e join pg_namespace n on n.oid = e.extnamespace where extname = 'pg_trgm';
  execute format('create index account_pieces on account using gin (tenant_id, sought %I.gin_trgm_ops) with (gin_pending_list_limit = 128)', place);
end $$`

/**
 * Ids of at most so many people like this pattern, in no order. Planned for each pattern, since they differ by
 * thousands of times. One with fewer than three characters between its wildcards is looked for in the narrow index.
 */
const look = `
create schema search;
create function search.people(pattern text, most integer) returns table (id uuid)
  language plpgsql stable strict security definer rows 50
  set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan set enable_seqscan = off
as $$ begin
  if length(pattern) < 5 then
    return query select a.id from public.account a
      where a.tenant_id = current_setting('app.tenant')::uuid and a.sought || '' like pattern limit most;
  else
    return query select a.id from public.account a
      where a.tenant_id = current_setting('app.tenant')::uuid and a.sought like pattern limit most;
  end if;
end $$`

const rights = `
revoke all on function search.people from public;
grant usage on schema search to portal_app;
grant execute on function search.people to portal_app;
grant usage on schema public to portal_search;
grant select (tenant_id, id, sought) on account to portal_search;
create policy search on account for select to portal_search using (true)`

/**
 * Whoever has the rights of that role (inherits them) is let through by its policy. So whoever migrates becomes a
 * member without them where PostgreSQL can say that (16 and later), and before that only for as long as this takes.
 * Where the role cannot be had the function stays with who migrates, behind the wall: it finds the same people by
 * reading everybody of the firm, and each start warns.
 */
const handOver = `
do $$ declare old boolean := current_setting('server_version_num')::int < 160000; begin
  begin
    if not pg_has_role(current_user, 'portal_search', case when old then 'member' else 'set' end) then
      execute format('grant portal_search to %I%s', current_user, case when old then '' else ' with inherit false' end);
    end if;
    grant create on schema search to portal_search;
    alter function search.people owner to portal_search;
    revoke create on schema search from portal_search;
  exception when insufficient_privilege then
    raise warning 'search.people stays with %', current_user;
  end;
  if pg_has_role(current_user, 'portal_search', 'usage') and not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('revoke portal_search from %I', current_user);
  end if;
end $$`
