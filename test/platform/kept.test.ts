import type { Expression } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Account } from '../../src/identity/accounts/index.ts'
import { keptStatement } from '../../src/platform/db/kept.ts'
import { tables } from '../../src/platform/db/tables.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'

const db = tables(Account)

let portal: QuietPortal
beforeAll(async () => {
  portal = await quietPortal()
  for (const name of ['Ana', 'Ben']) await portal.person('linde', { kind: 'client', name })
  await portal.person('kring', { kind: 'client', name: 'Ana' })
})
afterAll(() => portal.close())

test('a statement is built once, and asked with other values and at other firms', async () => {
  const named = keptStatement<{ name: string }>('name')
  let built = 0
  const ask = (slug: string, name: string) => {
    const at = portal.context(slug)
    return named(at, {
      of: portal,
      key: 'named',
      values: { name },
      build(slots) {
        built++
        return db(at).selectFrom('account').select(['name', 'email']).where('name', '=', slots.name)
      },
    })
  }
  expect(await ask('linde', 'Ana')).toEqual([{ name: 'Ana', email: 'ana@linde.example' }])
  expect(await ask('linde', 'Ben')).toEqual([{ name: 'Ben', email: 'ben@linde.example' }])
  expect(await ask('kring', 'Ana')).toEqual([{ name: 'Ana', email: 'ana@kring.example' }])
  expect(await ask('kring', 'Ben')).toEqual([])
  expect(built).toBe(1)
})

test('one that holds a value beside its slots is not kept: nobody is asked for with what somebody else gave', async () => {
  const among = keptStatement<{ most: number }>('most')
  const ask = (name: string) => {
    const at = portal.context('linde')
    const build = (slots: { most: Expression<number> }) =>
      db(at).selectFrom('account').select('name').where('name', '=', name).limit(slots.most)
    return among(at, { of: portal, key: 'among', values: { most: 5 }, build })
  }
  expect(await ask('Ana')).toEqual([{ name: 'Ana' }])
  expect(await ask('Ben')).toEqual([{ name: 'Ben' }])
})
