import { afterAll, beforeAll, expect, test } from 'vitest'
import { findRequest, listRequests, refuse, release } from '../../src/modules/recovery/index.ts'
import type { Person } from '../../src/tenancy/context.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowIn, rowsIn } from '../support/rows.ts'

const firm = 'kring'
let portal: QuietPortal
let boss: Person
let staff: Person[]
beforeAll(async () => {
  portal = await quietPortal()
  boss = await portal.person(firm, { kind: 'admin', name: 'Bea' })
  staff = [
    await portal.person(firm, { kind: 'staff', name: 'Ans' }),
    await portal.person(firm, { kind: 'staff', name: 'Bob' }),
  ]
})
afterAll(() => portal.close())

/** Somebody lost everything and asks. @returns the request's id */
async function asks({ id }: Person): Promise<string> {
  const context = portal.context(firm)
  const request = crypto.randomUUID()
  await rowsIn(
    context,
    `insert into recovery_request (tenant_id, id, account_id, kind, asked_at) values (?, ?, ?, 'link', ?)`,
    [context.tenant.id, request, id, context.at],
  )
  return request
}
const seen = async (person: Person, request: string) =>
  (await findRequest(portal.contextOf(firm, person), request))?.adminOnly
const says = (person: Person, request: string) => release(portal.contextOf(firm, person), request)

test('the only administrator comes back by two of the firm’s people, and so does one of two', async () => {
  const alone = await asks(boss)
  expect([await seen(staff[0]!, alone), await says(staff[0]!, alone), await says(staff[1]!, alone)]).toEqual([
    false,
    'half',
    'released',
  ])
  const second = await portal.person(firm, { kind: 'admin', name: 'Cor' })
  const oneOfTwo = await asks(boss)
  expect([await seen(staff[0]!, oneOfTwo), await says(staff[0]!, oneOfTwo), await says(second, oneOfTwo)]).toEqual([
    false,
    'half',
    'released',
  ])
})

test('where there are two other administrators only they decide; one who is blocked or never came is none', async () => {
  const [third, blocked] = [
    await portal.person(firm, { kind: 'admin', name: 'Dirk' }),
    await portal.person(firm, { kind: 'admin', name: 'Els' }),
  ]
  const second = (await rowIn<{ id: string }>(portal.context(firm), `select id from account where name = 'Cor'`))!
  const block = (id: string, at: Date | null) =>
    rowsIn(portal.context(firm), 'update account set blocked_at = ? where id = ?', [at, id])
  await block(blocked.id, portal.context(firm).at)
  const request = await asks(boss)
  expect([await seen(staff[0]!, request), await seen(third, request)]).toEqual([true, false])
  expect([await says(staff[0]!, request), await refuse(portal.contextOf(firm, staff[0]!), request)]).toEqual([
    'adminOnly',
    'adminOnly',
  ])
  // Without the second there is one other administrator only.
  await block(second.id, portal.context(firm).at)
  expect([await seen(staff[0]!, request), await says(staff[0]!, request)]).toEqual([false, 'half'])
  await block(second.id, null)
  expect(await says(staff[1]!, request)).toBe('adminOnly')
  // What staff said before only administrators decided counts no more, and is not shown as if it did.
  expect(await findRequest(portal.contextOf(firm, third), request)).toMatchObject({ state: 'asked', releases: [] })
  expect([await says(third, request), await says({ ...boss, ...second }, request)]).toEqual(['half', 'released'])
})

test('a request is found behind as many others as the list shows', async () => {
  const { id } = await portal.person(firm, { kind: 'client', name: 'Vaak' })
  const context = portal.context(firm)
  const first = await asks({ id } as Person)
  await rowsIn(context, 'update recovery_request set done_at = asked_at where id = ?', [first])
  await rowsIn(
    context,
    `insert into recovery_request (tenant_id, id, account_id, kind, asked_at, done_at)
    select ?, gen_random_uuid(), ?, 'link', at, at from (select ?::timestamptz + n * interval '1 s' as at from generate_series(1, 200) n) s`,
    [context.tenant.id, id, context.at],
  )
  const looks = portal.contextOf(firm, boss)
  expect((await listRequests(looks)).some((each) => each.id === first)).toBe(false)
  expect(await findRequest(looks, first)).toMatchObject({ id: first, state: 'done' })
  expect(await findRequest(looks, crypto.randomUUID())).toBeNull()
})
