import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
let client: pg.Client
beforeAll(async () => {
  portal = await openTestPortal()
  client = new pg.Client({ connectionString: portal.databaseUrl })
  await client.connect()
  // Enough that an index is worth it, at two firms; their names differ in one letter.
  for (const [slug, name] of [
    ['linde', 'Zandvoort'],
    ['polder', 'Zandvoord'],
  ] as const)
    await portal.sql(
      `insert into account (tenant_id, id, kind, name, email, email_lookup, language, created_at)
      select $1::uuid, gen_random_uuid(), 'client', $2 || ' ' || n, n || '@veel.example', n || '@veel.example', 'nl', now()
      from generate_series(1, 1500) n`,
      [portal.tenant(slug).id, name],
    )
  await portal.sql('vacuum analyze account')
})
afterAll(async () => {
  await client.end()
  await portal.close()
})

/** In a transaction as the application has them, for a firm. */
async function asApplication<T extends object>(slug: string | null, text: string, values: unknown[] = []) {
  await client.query('begin')
  if (slug) await client.query(`select set_config('app.tenant', $1, true)`, [portal.tenant(slug).id])
  await client.query('set local role portal_app')
  try {
    return (await client.query<T>(text, values)).rows
  } finally {
    await client.query('rollback')
  }
}
const found = (slug: string, pattern: string, most = 5000) =>
  asApplication<{ name: string | null }>(
    slug,
    'select a.name from search.people($1, $2) f left join account a on a.id = f.id order by 1',
    [pattern, most],
  )

test('a search finds people of the firm at hand, and nobody of another', async () => {
  expect(await found('linde', '%zandvoord%')).toEqual([])
  expect(await found('polder', '%zandvoord%')).toHaveLength(1500)
  // Whoever is found is read behind the wall: one of another firm would have no name here.
  const both = await found('linde', '%zandvoor%')
  expect(both).toHaveLength(1500)
  expect(both.filter(({ name }) => !name?.startsWith('Zandvoort'))).toEqual([])
  const every = await found('linde', '%')
  const [all] = await portal.sql<{ n: number }>('select count(*)::int as n from account where tenant_id = $1', [
    portal.tenant('linde').id,
  ])
  expect(every).toHaveLength(all!.n)
  expect(every.filter(({ name }) => name === null)).toEqual([])
  expect(await found('linde', '%zandvoor%', 7)).toHaveLength(7)
})

test('without a firm it is an error, not everybody', async () => {
  for (const pattern of ['%zandvoor%', '%a%'])
    await expect(asApplication(null, 'select from search.people($1, 5)', [pattern])).rejects.toThrow(
      /app\.tenant|type uuid/,
    )
})

test('its role is nobody: no sign-in, nobody has its rights, and it reads three columns of one table', async () => {
  const [role] = await portal.sql(
    `select rolcanlogin, rolinherit and exists (select from pg_auth_members where member = oid) as inherits,
      array(select rolname::text from pg_roles r where not rolsuper and r.oid <> s.oid and pg_has_role(r.oid, s.oid, 'usage')) as heirs
      from pg_roles s where rolname = 'portal_search'`,
  )
  expect(role).toEqual({ rolcanlogin: false, inherits: false, heirs: [] })
  const rights = await portal.sql<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped
        and (has_column_privilege('portal_search', c.oid, a.attnum, 'select')
          or has_column_privilege('portal_search', c.oid, a.attnum, 'insert, update, references')) order by 1`,
  )
  expect(rights.map(({ name }) => name)).toEqual(['account.id', 'account.sought', 'account.tenant_id'])
  const owned = await portal.sql(
    `select deptype, classid::regclass::text as kind from pg_shdepend where refobjid = 'portal_search'::regrole and deptype = 'o'
      and dbid = (select oid from pg_database where datname = current_database())`,
  )
  expect(owned).toEqual([{ deptype: 'o', kind: 'pg_proc' }])
  const asRole = (text: string) =>
    portal.sql(
      `select set_config('app.tenant', '${portal.tenant('linde').id}', true); set local role portal_search; ${text}`,
    )
  await expect(asRole('select tenant_id, id, sought from account')).resolves.not.toThrow()
  for (const text of [
    'select email from account',
    'select password_hash from account',
    'select * from one_time',
    `update account set name = 'x'`,
    'create table search.mine (n int)',
    'create table public.mine (n int)',
  ])
    await expect(asRole(text), text).rejects.toThrow(/permission denied/)
})

test('the function says where it looks, is nobody’s but the application’s, and gives ids only', async () => {
  const [look] = await portal.sql<{ config: string[]; acl: string[] }>(
    `select pg_get_userbyid(proowner) as owner, proconfig as config, pg_get_function_result(oid) as gives,
      array(select grantee::regrole::text from aclexplode(proacl) where grantee <> 0 order by 1) as users,
      exists (select from aclexplode(proacl) where grantee = 0) as anybody
      from pg_proc where oid = 'search.people(text, integer)'::regprocedure`,
  )
  expect(look).toMatchObject({
    owner: 'portal_search',
    gives: 'TABLE(id uuid)',
    users: ['portal_app', 'portal_search'],
    anybody: false,
  })
  expect(look!.config).toContain('search_path=pg_catalog, pg_temp')
})

test('pieces of three characters are looked up in an index; shorter ones read the narrow one', async () => {
  const scans = async (index: string) => {
    // What is counted is told at the end of the next transaction.
    for (const _ of [1, 2]) await client.query('select pg_stat_force_next_flush()')
    const { rows } = await client.query('select idx_scan::int as n from pg_stat_user_indexes where indexrelname = $1', [
      index,
    ])
    return rows[0].n as number
  }
  const [pieces, narrow] = [await scans('account_pieces'), await scans('account_sought')]
  const look = (pattern: string) => asApplication('linde', 'select from search.people($1, 5000)', [pattern])
  expect(await look('%voort 12%')).toHaveLength(111)
  expect([await scans('account_pieces'), await scans('account_sought')]).toEqual([pieces + 1, narrow])
  await look('%oo%')
  expect([await scans('account_pieces'), await scans('account_sought')]).toEqual([pieces + 1, narrow + 1])
})
