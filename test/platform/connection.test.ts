import pg from 'pg'
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest'
import { Connection } from '../../src/platform/db/connection.ts'
import { freshEm, openDatabase } from '../../src/platform/db/database.ts'
import { canPrepare } from '../../src/platform/db/pooler.ts'
import { Attempt } from '../../src/platform/limits/attempt.ts'
import { createLog } from '../../src/platform/log/log.ts'
import { freshDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const settings = { pipeline: true, application_name: 'tested' }
let connection: Connection
beforeEach(async () => {
  connection = new Connection({ connectionString: database.url, ...settings })
  await connection.connect()
})
afterEach(() => connection.end())

// pg's types know nothing of what the class of ours answers with.
const ask = async (text: string, values?: unknown[]) =>
  (await (connection.query(text, values) as Promise<pg.QueryResult>)).rows
const written = () =>
  (connection as unknown as { connection: { stream: { bytesWritten: number } } }).connection.stream.bytesWritten

test('a transaction in which nothing is asked never reaches the server', async () => {
  const before = written()
  await ask('begin')
  await ask(`select set_config('app.tenant', 'x', true)`)
  await ask('commit')
  await ask('begin')
  await ask('rollback')
  expect(written()).toBe(before)
  expect(await ask('select 1 as one')).toEqual([{ one: 1 }])
})

test('what opens a transaction goes with its first statement, and ends with it', async () => {
  await ask('start transaction read only')
  await ask(`select set_config('app.tenant', 'x', true)`)
  await ask('set local role pg_monitor')
  const said = `select current_user as role, current_setting('app.tenant') as tenant, current_setting('transaction_read_only') as "readOnly"`
  expect(await ask(said)).toEqual([{ role: 'pg_monitor', tenant: 'x', readOnly: 'on' }])
  await ask('commit')
  expect(await ask(said)).toMatchObject([{ tenant: '', readOnly: 'off' }])
})

test('where the role cannot be taken the statement behind it does nothing, and whoever asked is told why', async () => {
  await ask('create table if not exists touched (n int)')
  await ask('begin')
  await ask('set local role nobody_at_all')
  const asked = [ask('insert into touched values ($1)', [1]), ask('insert into touched values (2)')]
  await expect(asked[0]).rejects.toThrow('role "nobody_at_all" does not exist')
  await expect(asked[1]).rejects.toThrow(/aborted|closed|terminated/i)
  await expect(ask('select 1'), 'such a connection is not used again').rejects.toThrow(/closed|not queryable/)
  const looking = new pg.Client({ connectionString: database.url })
  await looking.connect()
  expect((await looking.query('select from touched')).rowCount).toBe(0)
  await looking.end()
})

test('transactions that cannot be opened take no place in the pool', async () => {
  const orm = await openDatabase(database.url, [Attempt], createLog({ level: 'silent' }))
  const nobody = () => freshEm(orm, { variables: { 'app.tenant': 'x' }, role: 'nobody_at_all' })
  for (let nth = 0; nth < 20; nth++)
    await expect(nobody().transactional((em) => em.execute('select 1'))).rejects.toThrow('nobody_at_all')
  expect(await freshEm(orm).transactional((em) => em.execute('select 1 as one'))).toEqual([{ one: 1 }])
  await orm.close()
}, 20_000)

const plans = async () =>
  (await ask(`select name, statement from pg_prepared_statements`)) as { name: string; statement: string }[]

test('plans are kept by text, so many and no more; what made room is planned again', async () => {
  const texts = Array.from({ length: 450 }, (_, nth) => `select $1::int + ${nth} as sum`)
  for (const text of texts) await ask(text, [1])
  await ask(texts.at(-1)!, [2])
  expect(await plans()).toHaveLength(400)
  expect(await ask(texts[0]!, [5])).toEqual([{ sum: 5 }])
  expect(await ask(texts[449]!, [5])).toEqual([{ sum: 454 }])
  expect(await plans()).toHaveLength(400)
})

test('a text that comes without a list of values, and anything where preparing is off, is not kept', async () => {
  await ask('select 1')
  await ask('create table empty_list (n int)', [])
  expect(await plans()).toEqual([])
  await ask('select 2 as n', [])
  expect(await plans()).toMatchObject([{ statement: 'select 2 as n' }])
  const plain = new Connection({ connectionString: database.url, ...settings, prepares: false })
  await plain.connect()
  await (plain.query('select $1::int', [1]) as Promise<unknown>)
  const kept = (await (plain.query('select from pg_prepared_statements') as Promise<pg.QueryResult>)).rowCount
  await plain.end()
  expect(kept).toBe(0)
})

test('a plan that a migration made worthless ends its connection, and the next one works', async () => {
  const pool = new pg.Pool({ connectionString: database.url, ...settings, Client: Connection as never, max: 1 }) // the library asks for its own class
  const asked = async () => {
    const client = await pool.connect()
    try {
      return (await client.query('select * from changing where $1', [true])).fields.length
    } finally {
      client.release()
    }
  }
  await ask('create table changing (a int)')
  expect(await asked()).toBe(1)
  await ask('alter table changing add column b int')
  await expect(asked()).rejects.toThrow('cached plan')
  expect(await asked()).toBe(2)
  await pool.end()
})

test('statements can be prepared where nothing stands in between', async () => {
  expect(await canPrepare(connection)).toBe(true)
  expect(await plans(), 'and nothing of the question stays behind').toEqual([])
})
