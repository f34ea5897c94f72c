import { afterAll, beforeAll, expect, test } from 'vitest'
import { emOf } from '../../src/tenancy/tenants.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** Tables that are of the installation, not of a firm. */
const common = [
  'attempt',
  'browser_session',
  'dev_message',
  'installation_key',
  'master_key',
  'mikro_orm_migrations',
  'tenant',
]
const names = async (sql: string) => (await portal.sql<{ name: string }>(sql)).map(({ name }) => name)
const ours = `c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`

test('every table is a firm’s, or one of the few that are nobody’s', async () => {
  const without = await names(
    `select relname as name from pg_class c where ${ours} and not exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant_id') order by 1`,
  )
  expect(without).toEqual(common)
})

test('every table of a firm has the wall, forced, for reading and for writing', async () => {
  const bare =
    await names(`select relname as name from pg_class c where ${ours} and exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant_id')
    and not (relrowsecurity and relforcerowsecurity and exists (select from pg_policies p where p.tablename = c.relname and cmd = 'ALL' and permissive = 'PERMISSIVE'
      and qual like '%current_setting(''app.tenant''%' and with_check like '%current_setting(''app.tenant''%'))`)
  expect(bare).toEqual([])
  const loose = await names(
    `select concat_ws(' ', tablename, policyname, cmd, roles) as name from pg_policies where schemaname = 'public' and policyname <> 'tenant'`,
  )
  // The role that nobody is, whose one function keeps to the firm by itself: see test/staff/search.test.ts.
  expect(loose, 'a second policy would widen the first').toEqual(['account search SELECT {portal_search}'])
})

test('keys, uniques and references of a firm’s rows begin with the firm', async () => {
  const wrong =
    await names(`select conrelid::regclass || ': ' || conname as name from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype in ('p', 'u', 'f') and exists (select from pg_attribute where attrelid = k.conrelid and attname = 'tenant_id')
      and k.connamespace = 'public'::regnamespace and a.attname <> 'tenant_id'`)
  expect(wrong).toEqual([])
  const indexes =
    await names(`select indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where ${ours} and exists (select from pg_attribute where attrelid = i.indrelid and attname = 'tenant_id') and a.attname <> 'tenant_id'`)
  // The worker looks over all firms for what is due, in one statement.
  expect(indexes).toEqual(['outbox_due_next', 'work_due_next'])
})

test('the application’s role owns nothing and cannot go round the wall; nor can the one that connects', async () => {
  const roles = await portal.sql<object>(
    `select rolname, rolsuper, rolbypassrls, rolcreatedb from pg_roles where rolname like 'portal%' order by 1`,
  )
  expect(roles).toEqual([
    { rolname: 'portal_app', rolsuper: false, rolbypassrls: false, rolcreatedb: false },
    { rolname: 'portal_owner', rolsuper: false, rolbypassrls: false, rolcreatedb: false },
    { rolname: 'portal_search', rolsuper: false, rolbypassrls: false, rolcreatedb: false },
  ])
  expect(await names(`select relname as name from pg_class where pg_get_userbyid(relowner) = 'portal_app'`)).toEqual([])
  expect(new URL(portal.databaseUrl).username).toBe('portal_owner')
})

test('no view, no materialised view and no function looks past the wall', async () => {
  expect(
    await names(
      `select relname as name from pg_class where relnamespace in ('public'::regnamespace, 'search'::regnamespace) and relkind in ('v', 'm')`,
    ),
  ).toEqual([])
  expect(await names(`select oid::regprocedure::text as name from pg_proc where prosecdef`)).toEqual([
    'search.people(text,integer)',
  ])
})

test('the tables that are looked at over all firms say nothing of anybody', async () => {
  const over = await names(`select tablename as name from pg_policies where qual like '%CURRENT_USER%'`)
  expect(over.sort()).toEqual(['outbox_due', 'work_due'])
  expect(
    await names(`select column_name as name from information_schema.columns where table_name = 'work_due' order by 1`),
  ).toEqual(['due_at', 'id', 'job', 'leased', 'tenant_id'])
  expect(
    await names(
      `select column_name as name from information_schema.columns where table_name = 'outbox_due' order by 1`,
    ),
  ).toEqual(['attempts', 'created_at', 'due_at', 'handed_at', 'kind', 'message_id', 'tenant_id', 'urgent'])
  const [one, other] = portal.tenants
  const due = (tenantId: string) =>
    emOf(portal.services.orm, tenantId).execute<{ tenant_id: string }[]>('select distinct tenant_id from outbox_due')
  await portal.sql(
    `insert into outbox_message (tenant_id, id, kind, purpose, recipient, payload, created_at) values ($1, $2, 'letter', 'test', '', '', now())`,
    [one!.id, crypto.randomUUID()],
  )
  await portal.sql(
    `insert into outbox_due (tenant_id, message_id, kind, urgent, created_at, due_at) select tenant_id, id, 'letter', false, now(), now() from outbox_message where kind = 'letter'`,
  )
  expect((await due(one!.id)).map(({ tenant_id }) => tenant_id)).toEqual([one!.id])
  expect(await due(other!.id)).toEqual([])
  await expect(
    emOf(portal.services.orm, other!.id).execute(
      `update outbox_due set due_at = now() where kind = 'letter' returning 1`,
    ),
  ).resolves.toEqual([])
})

test('what the application may never do to the log, it cannot', async () => {
  const rights =
    await names(`select table_name || ' ' || privilege_type as name from information_schema.role_table_grants where grantee = 'portal_app'
    and ((table_name in ('audit_line', 'policy_version') and privilege_type not in ('SELECT', 'INSERT')) or privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES'))`)
  expect(rights).toEqual([])
})

test('a firm sees its own rows and nobody else’s; without a firm there is an error, not everything', async () => {
  const { tenants, services } = portal
  const { orm } = services
  const counts = await Promise.all(
    tenants.map(
      async ({ id }) => (await emOf(orm, id).execute<{ n: number }[]>('select count(*)::int as n from account'))[0]!.n,
    ),
  )
  const [all] = await portal.sql<{ n: number }>('select count(*)::int as n from account')
  expect(counts.every((n) => n > 0)).toBe(true)
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(all!.n)
  const [one, other] = tenants
  await expect(
    emOf(orm, one!.id).execute(
      `insert into organisation (tenant_id, id, name, created_at) values (?, gen_random_uuid(), 'X', '2026-01-01')`,
      [other!.id],
    ),
  ).rejects.toThrow()
  await expect(orm.em.fork().execute('select * from account')).rejects.toThrow()
})

/**
 * What entities cannot say and the migrations do: references, triggers, an order by what is computed, what two columns
 * must be together, and what is decided by part of an index.
 */
const said =
  /_fk\b|audit_|_alive\b|run_open|run_link\b|run_on_link\b|_open\b|outbox_message_failed|account_people|account_by_name|account_waiting|account_blocked|account_sought|account_pieces|policy "search"|one_time_target|one_time_codes|_invitation_|account_mail_fails|one_time_open_invitation|browser_session|mikro_orm_migrations|pgboss|_due\b|_due_fn\b|_lookup_unique|_unique\b/

test('entities and migrations describe the same tables', async () => {
  const sql = await portal.services.orm.schema.getUpdateSchemaSQL({ wrap: false, safe: false })
  const differences = sql
    .split(';')
    .map((line) => line.trim())
    .filter((line) => line && !said.test(line))
  expect(differences).toEqual([])
})
