import { Migration } from '@mikro-orm/migrations'

/**
 * For the list of people, so that fifty of 200,000 cost what fifty of ten cost: where somebody's invitation stands is
 * kept on the account, in an index in the order in which it is listed. And what a sign-in looks for among codes.
 */
export default class People extends Migration {
  override up(): void {
    this.addSql(`alter table account add column invitation text not null default 'none',
      add column invitation_ends_at timestamptz null,
      add column sought text generated always as
        (lower(name) || chr(10) || email_lookup || chr(10) || coalesce(username, '')) stored`)
    for (const statement of [...kept, takeOver, ...indexes]) this.addSql(statement)
  }
}

/**
 * none: never invited · sent: it waits · begun: it waits, and the activation was begun · opened: the link was used, or
 * the activation begun without one · refused: it died. It ends by itself only while it waits.
 */
const standing = (of: string) => `
  select case when l.dead_at is not null then 'refused'
      when l.used_at is not null or (l.id is null and r.id is not null) then 'opened'
      when l.id is null then 'none'
      when r.id is not null then 'begun'
      else 'sent' end as invitation,
    case when l.dead_at is null and l.used_at is null then l.expires_at end as ends_at
  from (select) here
    left join lateral (select id, expires_at, used_at, dead_at from one_time
      where tenant_id = ${of}.tenant_id and account_id = ${of}.account_id and purpose = 'activation'
      order by created_at desc, dead_at is null desc limit 1) l on true
    left join lateral (select id from run
      where tenant_id = ${of}.tenant_id and account_id = ${of}.account_id and track = 'activation'
        and finished_at is null and ended_at is null limit 1) r on true`

/**
 * After whatever changes it, in the same transaction and behind the same wall; once for all rows of a statement. Planned
 * each time: a plan kept from when the tables were small reads all of them when they are large.
 */
const keep = (table: string, those: string) => `
create function ${table}_invitation() returns trigger language plpgsql as $$
begin
  if not exists (select from changed where ${those}) then return null; end if;
  execute $statement$
    update account a set invitation = i.invitation, invitation_ends_at = i.ends_at
      from (select distinct tenant_id, account_id from changed where ${those}) c, lateral (${standing('c')}) i
      where a.tenant_id = c.tenant_id and a.id = c.account_id
        and (a.invitation, a.invitation_ends_at) is distinct from (i.invitation, i.ends_at)
  $statement$;
  return null;
end $$;
create trigger ${table}_invitation_made after insert on ${table}
  referencing new table as changed for each statement execute function ${table}_invitation();
create trigger ${table}_invitation_changed after update on ${table}
  referencing new table as changed for each statement execute function ${table}_invitation();
create trigger ${table}_invitation_gone after delete on ${table}
  referencing old table as changed for each statement execute function ${table}_invitation();`

const kept = [keep('one_time', `purpose = 'activation'`), keep('run', `track = 'activation'`)]

/** The owner stands behind the wall as well: a firm at a time. */
const takeOver = `
do $$ declare firm uuid; begin
  for firm in select id from tenant loop
    perform set_config('app.tenant', firm::text, true);
    update account a set invitation = i.invitation, invitation_ends_at = i.ends_at
      from (select tenant_id, id as account_id from account) c, lateral (${standing('c')}) i
      where a.tenant_id = c.tenant_id and a.id = c.account_id;
  end loop;
end $$`

const indexes = [
  // Codes that went to a number or address, and to somebody, lately: looked at before each one that is sent.
  'create index one_time_target on one_time (tenant_id, target, created_at) where target is not null',
  'create index one_time_codes on one_time (tenant_id, account_id, created_at) where target is not null',
  // The list by name, whole and for each place somebody can be in.
  'create index account_by_name on account (tenant_id, lower(name), id)',
  `create index account_waiting on account (tenant_id, invitation, lower(name), id)
    where activated_at is null and blocked_at is null`,
  'create index account_blocked on account (tenant_id, lower(name), id) where blocked_at is not null',
  // A search reads this and not the table. With row-level security no index can look for a piece of a text: only
  // operators that PostgreSQL calls leakproof are asked before the wall, and LIKE is none of them.
  'create index account_sought on account (tenant_id) include (sought, id)',
]
