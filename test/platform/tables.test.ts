import { jsonObjectFrom } from 'kysely/helpers/postgres'
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest'
import { anyOf } from '../../src/platform/db/lists.ts'
import { tables } from '../../src/platform/db/tables.ts'
import { freshEm } from '../../src/platform/db/database.ts'
import { Account, SecretQuestion } from '../../src/identity/accounts/index.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'

const db = tables(Account)

let portal: QuietPortal
beforeAll(async () => {
  portal = await quietPortal()
  await portal.person('linde', { kind: 'client', name: 'Ana' })
  await portal.person('kring', { kind: 'client', name: 'Bo' })
})
afterAll(() => portal.close())

const names = async (at: Parameters<typeof db>[0]) =>
  (await db(at).selectFrom('account').select('name').orderBy('name').execute()).map(({ name }) => name)

test('a misspelt column and another owner’s table do not compile; rows have types', async () => {
  const at = portal.context('linde')
  // @ts-expect-error: there is no such column
  const misspelt = db(at).selectFrom('account').select('naam')
  // @ts-expect-error: it is not of this store
  const foreign = db(at).selectFrom('one_time').select('id')
  // @ts-expect-error: a language is one of two
  const wrong = db(at).updateTable('account').set({ language: 'fr' })
  for (const each of [misspelt, foreign, wrong]) expect(each.compile().sql).toBeTruthy()

  const row = await db(at)
    .selectFrom('account')
    .select(['id', 'kind', 'created_at', 'blocked_at', 'password_version', 'known_elsewhere'])
    .executeTakeFirstOrThrow()
  expectTypeOf(row).toEqualTypeOf<{
    id: string
    kind: 'client' | 'staff' | 'admin'
    created_at: Date
    blocked_at: Date | null
    password_version: number | null
    known_elsewhere: boolean
  }>()
  expect(row).toMatchObject({ kind: 'client', created_at: at.at, blocked_at: null, known_elsewhere: false })
})

test('no statement goes without tenant and role, inside a transaction or outside one', async () => {
  const at = portal.context('linde')
  expect(await names(at)).toEqual(['Ana'])
  expect(await at.transaction(async (inner) => names(inner))).toEqual(['Ana'])
  await db(at).updateTable('account').set({ role: 'all of them' }).execute()
  expect(await db(portal.context('kring')).selectFrom('account').select(['name', 'role']).execute()).toEqual([
    { name: 'Bo', role: null },
  ])
  const ofNobody = { em: freshEm(portal.services.orm, { variables: {}, role: 'portal_app' }) }
  await expect(names(ofNobody), 'no tenant: an error, not all rows').rejects.toThrow(/app.tenant|invalid input syntax/)
})

test('many firms ask at once over the same connections, and each sees its own', async () => {
  const asked = await Promise.all(
    Array.from({ length: 60 }, (_, nth) => names(portal.context(nth % 2 ? 'linde' : 'kring'))),
  )
  expect(asked).toEqual(Array.from({ length: 60 }, (_, nth) => [nth % 2 ? 'Ana' : 'Bo']))
})

const backend = (at: Parameters<typeof db>[0]) =>
  db(at)
    .selectNoFrom((eb) => [
      eb.fn<number>('pg_backend_pid').as('pid'),
      eb.fn<string>('current_setting', [eb.val('transaction_read_only')]).as('readOnly'),
      eb.fn<Date>('now').as('since'),
    ])
    .executeTakeFirstOrThrow()

test('reading without a pause is one read-only transaction; after a pause another', async () => {
  const at = portal.context('linde')
  const [first, second] = [await backend(at), await backend(at)]
  expect(second).toEqual(first)
  expect(first.readOnly).toBe('on')
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect((await backend(at)).since.getTime()).toBeGreaterThan(first.since.getTime())
  await expect.poll(open).toBe(0)
})

/** Transactions that stay open while nobody asks anything in them. */
const open = async () =>
  (
    await freshEm(portal.services.orm).execute<{ n: number }[]>(
      `select count(*) as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    )
  )[0]!.n

test('a statement that fails spoils none that comes after it', async () => {
  const at = portal.context('linde')
  await expect(db(at).selectFrom('account').select('id').where('id', '=', 'no uuid').execute()).rejects.toThrow(/uuid/)
  expect(await names(at)).toEqual(['Ana'])
  await expect(
    db(at)
      .updateTable('account')
      .set(({ ref }) => ({ tenant_id: ref('id') }))
      .execute(),
  ).rejects.toThrow()
  expect(await names(at)).toEqual(['Ana'])
  await expect.poll(open).toBe(0)
})

test('a lock outside a transaction is refused: it would be gone at once', async () => {
  const at = portal.context('linde')
  await expect(db(at).selectFrom('account').select('id').forUpdate().execute()).rejects.toThrow(/read-only/)
  const locked = at.transaction((inner) => db(inner).selectFrom('account').select('name').forUpdate().execute())
  expect(await locked).toEqual([{ name: 'Ana' }])
})

test('what changed is told, and each change outside a transaction is kept at once', async () => {
  const at = portal.context('linde')
  const change = db(at).updateTable('account').set({ role: 'x' })
  expect((await change.where('name', '=', 'Nobody').executeTakeFirstOrThrow()).numUpdatedRows).toBe(0n)
  expect((await change.where('name', '=', 'Ana').executeTakeFirstOrThrow()).numUpdatedRows).toBe(1n)
  expect(await db(portal.context('linde')).selectFrom('account').select('role').executeTakeFirst()).toEqual({
    role: 'x',
  })
})

test('a fragment goes into another owner’s statement; dates in it are text', async () => {
  const questions = tables(SecretQuestion)
  const at = portal.context('linde')
  const row = await db(at)
    .selectFrom('account as a')
    .select((eb) => [
      questions.fragment
        .exists(
          questions(at)
            .selectFrom('secret_question as q')
            .select('q.question')
            .where('q.account_id', '=', eb.ref('a.id')),
        )
        .as('hasQuestion'),
      jsonObjectFrom(eb.selectFrom('account as b').select('b.created_at').whereRef('b.id', '=', 'a.id')).as('own'),
    ])
    .executeTakeFirstOrThrow()
  expect(row.hasQuestion).toBe(false)
  expect(typeof row.own?.created_at).toBe('string')
})

test('a list goes as one value, whatever its length', async () => {
  const at = portal.context('linde')
  const among = (wanted: string[]) =>
    db(at)
      .selectFrom('account')
      .select('name')
      .where((eb) => eb('name', '=', anyOf(wanted)))
  expect(among(['Ana', 'Bo', 'Cy']).compile().sql).toBe(among([]).compile().sql)
  expect(await among(['Ana', 'Bo', 'Cy']).execute()).toEqual([{ name: 'Ana' }])
  expect(await among([]).execute()).toEqual([])
})

test('a text with values is planned once on a connection', async () => {
  const at = portal.context('linde')
  const statement = db(at).selectFrom('account').select('name').where('email', '=', 'a@linde.example')
  const plans = await at.transaction(async (inner) => {
    for (let nth = 0; nth < 3; nth++)
      await db(inner).selectFrom('account').select('name').where('email', '=', `${nth}`).execute()
    return inner.em.execute<{ n: number; calls: number }[]>(
      `select count(*) as n, sum(generic_plans + custom_plans) as calls from pg_prepared_statements where statement = '${statement.compile().sql}'`,
    )
  })
  expect(plans).toEqual([{ n: 1, calls: '3' }])
})

test('a `with` that changes something is kept; one that only asks shares the reading', async () => {
  const at = portal.context('linde')
  const changing = await db(at)
    .with('changed', (inner) =>
      inner.updateTable('account').set({ role: 'y' }).where('name', '=', 'Ana').returning('id'),
    )
    .selectFrom('changed')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  expect(changing).toEqual({ n: 1 })
  const asking = await db(at)
    .with('own', (inner) => inner.selectFrom('account').select(['role']))
    .selectFrom('own')
    .select((eb) => ['role', eb.fn<string>('current_setting', [eb.val('transaction_read_only')]).as('readOnly')])
    .execute()
  expect(asking).toEqual([{ role: 'y', readOnly: 'on' }])
})

test('another owner’s row is a source that is joined like a table', async () => {
  const persons = db.fragment.selectFrom('account').select(['tenant_id', 'id', 'name', 'language'])
  const questions = tables(SecretQuestion)
  const rows = await questions(portal.context('linde'))
    .selectFrom(persons.as('a'))
    .leftJoin('secret_question as q', (join) =>
      join.onRef('q.tenant_id', '=', 'a.tenant_id').onRef('q.account_id', '=', 'a.id'),
    )
    .select(['a.name', 'a.language', 'q.question'])
    .execute()
  expectTypeOf(rows).toEqualTypeOf<{ name: string; language: 'nl' | 'en'; question: string | null }[]>()
  expect(rows).toEqual([{ name: 'Ana', language: 'nl', question: null }])
})
