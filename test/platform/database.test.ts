import pg from 'pg'
import { readdirSync } from 'node:fs'
import { inject, expect, test, afterEach, beforeEach } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { inspectDatabase } from '../../src/platform/db/database-check.ts'
import { freshEm, migrate, openDatabase, patience } from '../../src/platform/db/database.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { Account } from '../../src/identity/accounts/index.ts'
import { freshDatabase } from '../support/database.ts'
import { root } from '../architecture/sources.ts'
import { line } from '../faults/line.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let lines: string[]
const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } })
beforeEach(async () => {
  lines = []
  database = await freshDatabase()
})
afterEach(() => database.drop())

test('every file of migrations is in the list, in the order of their names', () => {
  const files = readdirSync(`${root}/migrations`)
    .filter((name) => /^\d/.test(name))
    .map((name) => name.replace(/\.ts$/, ''))
    .sort()
  expect(migrations.map(({ name }) => name)).toEqual(files)
})

test('a database written by a newer release is refused, and the migration is named', async () => {
  await migrate(database.url, migrations, log)
  await migrate(database.url, migrations, log)
  await expect(migrate(database.url, migrations.slice(0, -1), log)).rejects.toThrow(
    `it does not know the migration ${migrations.at(-1)?.name}`,
  )
})

test.each([
  ['nobody listens', { port: '1' }, /nobody listens there: start PostgreSQL/],
  ['the password is wrong', { password: 'geheim-en-fout' }, /refuses the password/],
  ['there is no such database', { pathname: '/nowhere' }, /there is no such database/],
])('%s: said with where it is and DATABASE_URL, never with the password', async (_, change, words) => {
  const url = Object.assign(new URL(database.url), change)
  const error = await inspectDatabase(url.href, log).catch((refusal: unknown) => refusal as Error)
  expect(error?.message).toMatch(words)
  expect(error?.message).toContain(`${url.hostname}:${url.port}${url.pathname} as postgres (DATABASE_URL)`)
  expect(error?.message).not.toContain(url.password)
})

test('a role that passes the wall between firms is warned of at every start, another is not', async () => {
  await inspectDatabase(inject('templateUrl'), log)
  expect(lines).toEqual([])
  await inspectDatabase(database.url, log)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'warn',
    msg: expect.stringContaining('the role postgres is a superuser or may pass row-level security'),
  })
  const admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
  const role = `bypass_${crypto.randomUUID().slice(0, 8)}`
  await admin.query(`create role ${role} login bypassrls password 'x'`)
  try {
    await inspectDatabase(Object.assign(new URL(database.url), { username: role, password: 'x' }).href, log)
    expect(lines).toHaveLength(2)
  } finally {
    await admin.query(`drop role ${role}`)
    await admin.end()
  }
})

test.each([
  ['may become its role', 'grant portal_search to', 'portal_search', 0],
  ['may not', null, 'the one who migrates', 1],
])(
  'whoever migrates %s: a search finds people of the firm, and a slow one is warned of',
  async (_, grant, owner, warnings) => {
    const role = `owner_${crypto.randomUUID().slice(0, 8)}`
    const url = Object.assign(new URL(database.url), { username: role, password: 'x' })
    const admin = new pg.Client({ connectionString: database.url })
    await admin.connect()
    await admin.query(`create role ${role} login password 'x'; grant portal_app to ${role};
    alter database ${url.pathname.slice(1)} owner to ${role}`)
    if (grant) await admin.query(`${grant} ${role} with inherit false`)
    try {
      await migrate(url.href, migrations, log)
      const { rows } = await admin.query(
        `select pg_get_userbyid(proowner) as owner from pg_proc where proname = 'people'`,
      )
      expect(rows).toEqual([{ owner: owner === 'portal_search' ? owner : role }])
      await inspectDatabase(url.href, log)
      expect(lines.filter((each) => each.includes('search.people belongs to'))).toHaveLength(warnings)
      const firms = [crypto.randomUUID(), crypto.randomUUID()]
      for (const firm of firms)
        await admin.query(`insert into tenant (id, slug, data_key, created_at) values ('${firm}', '${firm}', '', now());
          insert into account (tenant_id, id, kind, name, email, email_lookup, language, created_at)
          values ('${firm}', '${firm}', 'client', 'Piet', 'piet@firma.example', 'piet@firma.example', 'nl', now())`)
      const asked = new pg.Client({ connectionString: url.href })
      await asked.connect()
      await asked.query(`set app.tenant = '${firms[0]}'; set role portal_app`)
      for (const pattern of ['%pie%', '%p%'])
        expect((await asked.query('select id from search.people($1, 5)', [pattern])).rows).toEqual([{ id: firms[0] }])
      // What connects has no rights of that role: without a firm it sees nobody.
      await asked.query('reset role; reset app.tenant')
      await expect(asked.query('select * from account')).rejects.toThrow(/app\.tenant|type uuid/)
      await asked.end()
    } finally {
      await admin.end()
      await database.drop()
      const server = new pg.Client({ connectionString: inject('postgresUrl') })
      await server.connect()
      await server.query(`drop role ${role}`).finally(() => server.end())
    }
  },
)

test('a database that freezes in the middle of a transaction is waited for once, not once more for the rollback', async () => {
  const url = new URL(database.url)
  const between = await line({ host: url.hostname, port: Number(url.port) })
  const orm = await openDatabase(Object.assign(url, { port: String(between.port) }).href, [Account], log)
  try {
    const began = performance.now()
    await expect(
      freshEm(orm).transactional(async (em) => {
        await em.execute('select 1')
        between.freeze()
        await em.execute('select 2')
      }),
    ).rejects.toThrow('Query read timeout')
    expect(performance.now() - began).toBeLessThan(patience.query_timeout * 1.5)
    between.mend()
    expect(await freshEm(orm).execute('select 3 as n')).toEqual([{ n: 3 }])
  } finally {
    between.close()
    await orm.close()
  }
})
