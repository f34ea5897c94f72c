import { ReferenceKind, type EntityProperty } from '@mikro-orm/postgresql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** Tables that are a library's own, or the migrator's: nobody here writes statements on them. */
const others = ['browser_session', 'mikro_orm_migrations']

interface Column {
  table: string
  name: string
  type: string
  nullable: boolean
  /** Whether a row may be made without it. */
  filled: boolean
}
const words = ({ name, type, nullable }: Omit<Column, 'table' | 'filled'>) =>
  `${name} ${type}${nullable ? '' : ' not null'}`

const columnsOfDatabase = async () =>
  (
    await portal.sql<Column>(`select table_name as table, column_name as name, data_type as type,
      is_nullable = 'YES' as nullable, column_default is not null or is_identity = 'YES' as filled
      from information_schema.columns where table_schema = 'public' order by 1, 2`)
  ).filter(({ table }) => !others.includes(table))

/** The names PostgreSQL has for the types that entities are written with. */
const spelled: Record<string, string> = {
  int: 'integer',
  serial: 'integer',
  bigint: 'bigint',
  timestamptz: 'timestamp with time zone',
}
const typeOf = ({ columnTypes: [type = ''] }: EntityProperty) => {
  const bare = type.replace(/\(\d+\)/, '')
  return spelled[bare] ?? bare
}

const metadata = () => [...portal.services.orm.getMetadata().getAll().values()]

test('every table is an entity, with the columns, types and empty places it has in the database', async () => {
  const said = metadata().flatMap((entity) =>
    entity.props.map((each) => ({
      table: entity.tableName,
      column: words({ name: each.fieldNames[0]!, type: typeOf(each), nullable: Boolean(each.nullable) }),
    })),
  )
  const found = (await columnsOfDatabase()).map((each) => ({ table: each.table, column: words(each) }))
  const lines = (all: { table: string; column: string }[]) =>
    all.map(({ table, column }) => `${table}.${column}`).sort()
  expect(lines(said)).toEqual(lines(found))
})

test('what the database fills in by itself, entities say they fill in, and nothing else', async () => {
  const filled = (await columnsOfDatabase()).filter(({ filled }) => filled).map(({ table, name }) => `${table}.${name}`)
  const said = metadata().flatMap((entity) =>
    entity.props
      .filter((each) => each.default !== undefined || each.defaultRaw !== undefined || each.autoincrement)
      .map((each) => `${entity.tableName}.${each.fieldNames[0]}`),
  )
  expect(said.sort()).toEqual(filled.sort())
})

test('entities are plain columns: references are the migrations’, since keys begin with the firm', () => {
  const related = metadata().flatMap((entity) =>
    entity.props.filter(({ kind }) => kind !== ReferenceKind.SCALAR).map(({ name }) => `${entity.className}.${name}`),
  )
  expect(related).toEqual([])
})
