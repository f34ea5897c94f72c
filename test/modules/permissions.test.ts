import { afterAll, beforeAll, expect, test } from 'vitest'
import { Account, changePeople, invitePeople } from '../../src/identity/accounts/index.ts'
import { allow, visible } from '../../src/identity/permissions/index.ts'
import { modules } from '../../src/modules.ts'
import { page } from '../../src/platform/http/answer.ts'
import { tables } from '../../src/platform/db/tables.ts'
import { compose } from '../../src/tenancy/compose.ts'
import type { Person } from '../../src/tenancy/context.ts'
import { all, permission } from '../../src/tenancy/permission.ts'
import { notMeDoneView } from '../../src/modules/profile/views.ts'
import { get, nothing } from '../../src/tenancy/route.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowsIn } from '../support/rows.ts'

const db = tables(Account)
const slug = 'polder'
let portal: QuietPortal
let people: Person[]
beforeAll(async () => {
  portal = await quietPortal()
  const context = portal.context(slug)
  const organisation = async (name: string) => {
    const id = crypto.randomUUID()
    await rowsIn(context, 'insert into organisation (tenant_id, id, name, created_at) values (?, ?, ?, ?)', [
      context.tenant.id,
      id,
      name,
      context.at,
    ])
    return id
  }
  const [ours, theirs] = [await organisation('Ons'), await organisation('Van hen')]
  const role = context.policy.roles.find(({ may }) => may.includes('inviteColleagues'))!.name
  const named = (as: Parameters<QuietPortal['person']>[1]) => portal.person(slug, as)
  people = [
    await named({ kind: 'admin', name: 'Beheer Een' }),
    await named({ kind: 'staff', name: 'Medewerker Een' }),
    await named({ kind: 'client', name: 'Klant Met Recht', role, organisationId: ours }),
    await named({ kind: 'client', name: 'Klant Zonder Recht', organisationId: ours }),
    await named({ kind: 'client', name: 'Klant Elders', role, organisationId: theirs }),
    await named({ kind: 'client', name: 'Klant Zonder Organisatie', role }),
  ]
})
afterAll(() => portal.close())

test('in memory and in a statement a permission says the same of everybody', async () => {
  for (const who of people)
    for (const asked of [invitePeople, changePeople]) {
      const context = portal.contextOf(slug, who)
      const allowed = people.filter((each) => allow(context, asked, each)).map(({ id }) => id)
      const seen = await db(context)
        .selectFrom('account as a')
        .select('a.id')
        .where(visible(context, asked, 'a'))
        .execute()
      expect(seen.map(({ id }) => id).sort(), `${who.name} ${asked.name}`).toEqual(allowed.sort())
    }
})

test('who has it: the firm’s own people, and clients of an organisation whose role has it, over their own', () => {
  const reached = (asked: typeof invitePeople) =>
    people.map((who) => people.filter((each) => allow(portal.contextOf(slug, who), asked, each)).length)
  expect(reached(invitePeople)).toEqual([6, 6, 2, 0, 1, 0])
  expect(reached(changePeople)).toEqual([6, 5, 2, 0, 1, 0])
  expect(allow(portal.context(slug), invitePeople)).toBe(false)
})

test('a permission nobody listed, or that two list, stops the start with a sentence', () => {
  const read = permission('board.read', { staff: all })
  const routes = [get('/board', read, nothing, () => page(notMeDoneView))]
  const board = { name: 'board', mounts: [{ address: '', routes }] }
  expect(() => compose([...modules, board])).toThrow('GET /board asks for "board.read", which no module lists')
  expect(compose([...modules, { ...board, permissions: [read] }]).all).toHaveLength(modules.length + 1)
  expect(() => compose([...modules, { ...board, permissions: [read, read] }])).toThrow(
    'there are two of permission "board.read"',
  )
})
