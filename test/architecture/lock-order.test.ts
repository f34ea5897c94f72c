import { expect, test } from 'vitest'
import { lockAccount } from '../../src/identity/accounts/index.ts'
import { killOneTime } from '../../src/identity/tokens/index.ts'
import { emOf } from '../../src/tenancy/tenants.ts'
import { unattendedContext } from '../../src/tenancy/context.ts'
import { lockOrder } from '../support/lock-order.ts'
import { openTestPortal } from '../support/portal.ts'

/** What is said of these statements, one transaction. */
const said = (...statements: (string | [string, ...unknown[]])[]) => {
  const judge = lockOrder()
  return ['begin', ...statements].map((each) =>
    typeof each === 'string' ? judge(each) : judge(each[0], each.slice(1)),
  )
}
const account = (id: string, strength = 'update'): [string, string] => [
  `select "id" from "account" where "id" = $1 for ${strength}`,
  id,
]

test('the account comes first, then whatever is of it in any order', () => {
  expect(
    said(
      account('a', 'no key update'),
      'update "one_time" set "used_at" = $1 where "id" = $2',
      'insert into "audit_line" ("at") values ($1)',
      'select "id" from "run" where "account_id" = $1 for update',
      account('a'),
      'commit',
      'update "portal_session" set "digest" = $1 where "id" = $2',
    ),
  ).toEqual(Array(8).fill(null))
})

test('an account that is locked after something of it, or beside another one, is told of', () => {
  const [, , late] = said('update "one_time" set "used_at" = $1 where "id" = $2', account('a'))
  expect(late).toContain('account is locked after one_time')
  const [, , flow] = said(
    'insert into audit_line (at) values ($1)',
    'select id from run where account_id = $1 for update',
  )
  expect(flow).toContain('run is locked after audit_line')
  const [, , other] = said(account('b'), account('a'))
  expect(other).toContain('a second account is locked')
})

test('an installation under test tells of it when it closes', async () => {
  const portal = await openTestPortal()
  const firm = portal.tenant('linde')
  const [one] = await portal.sql<{ id: string }>('select id from account where tenant_id = $1', [firm.id])
  const context = unattendedContext(portal.services, firm, emOf(portal.services.orm, firm.id))
  await context.transaction(async (inner) => {
    await killOneTime(inner, one!.id, 'activation')
    await lockAccount(inner, one!.id)
  })
  await expect(portal.close()).rejects.toThrow('account is locked after one_time')
})
