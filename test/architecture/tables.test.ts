import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { sources } from './sources.ts'

const src = sources('src')

/** Every table and the folder that owns it: where its entity stands. */
const owners = new Map(
  src.flatMap(({ path, text }) =>
    [...text.matchAll(/defineEntity\(\{[\s\S]*?tableName: '(\w+)'/g)].map(
      ([, table]) => [table!, dirname(path)] as const,
    ),
  ),
)

/** Where a statement names a table, in SQL or through the query builder. */
const inStatements = new RegExp(
  String.raw`(?:\b(?:from|join|into|update)\s+|(?:selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin|crossJoin)\(\s*\[?')(${[...owners.keys()].join('|')})\b`,
  'g',
)

/** So many are left from before there were stores; each that goes lowers this number, and none may come. */
const left = 0

test('a table is named by its owner: what others need of it is a function or a fragment of its store', () => {
  expect(owners.size).toBeGreaterThan(30)
  const outside = src.flatMap(({ path, text }) =>
    [...text.matchAll(inStatements)].flatMap(([, table]) =>
      path.startsWith(`${owners.get(table!)}/`) ? [] : [`${path} names ${table}`],
    ),
  )
  expect(outside.length, outside.join('\n')).toBeLessThanOrEqual(left)
})
