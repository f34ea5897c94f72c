import { afterAll, beforeAll, expect, test } from 'vitest'
import { Account } from '../../src/identity/accounts/index.ts'
import { requirementFacts } from '../../src/identity/requirements/index.ts'
import { tables } from '../../src/platform/db/tables.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowsIn } from '../support/rows.ts'

let portal: QuietPortal
beforeAll(async () => {
  portal = await quietPortal()
})
afterAll(() => portal.close())

test('what an account has is its own, also in a statement that calls its account as the requirements do', async () => {
  const context = portal.context('linde')
  for (const name of ['Ana', 'Ben']) await portal.person('linde', { kind: 'client', name })
  await rowsIn(context, `update account set password_hash = 'x' where name = 'Ben'`)
  const found = await tables(Account)(context)
    .selectFrom('account as a')
    .select((eb) => ['a.name', requirementFacts(portal.services, eb.ref('a.id')).as('has')])
    .orderBy('a.name')
    .execute()
  expect(found.map(({ name, has }) => [name, has?.password])).toMatchObject([
    ['Ana', { password: false }],
    ['Ben', { password: true }],
  ])
})
