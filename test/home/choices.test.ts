import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fromPublished, parsePolicy } from '../support/policy.ts'
import type { Policy } from '../../src/tenancy/policy.ts'
import { homePolicy } from '../../src/modules/home/policy.ts'
import { slugs, root } from '../architecture/sources.ts'

const file = (slug: string) => JSON.parse(readFileSync(join(root, 'tenants', slug, 'tenant.json'), 'utf8')) as object
const firm = file(slugs()[0]!)
function read(home?: object): Policy {
  const parsed = parsePolicy({ ...firm, home })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  return parsed.policy
}
const wrong = (home: object) => {
  const parsed = parsePolicy({ ...firm, home })
  return parsed.ok ? [] : parsed.issues.map(({ path }) => path)
}

test('a firm that says nothing has a home for each kind of person, what waits on top', () => {
  const { client, staff, admin } = read().of(homePolicy)
  for (const each of [client, staff, admin]) expect(each.main[0]).toBe('todo')
  expect(admin.side).toContain('health')
  expect([client, staff].flatMap(({ main, side }) => [...main, ...side])).not.toContain('health')
})

test('two lists for everybody, as they were written before, mean what they meant', () => {
  const old = { main: ['activity', 'security', 'todo'], side: ['mine', 'information'] } as const
  expect(read(old).of(homePolicy)).toEqual({ client: old, staff: old, admin: old })
  // Left out, they had defaults of their own.
  expect(read({ main: ['activity'] }).of(homePolicy).staff).toEqual({
    main: ['activity'],
    side: ['mine', 'information'],
  })
  expect(read({ side: [] }).of(homePolicy).client).toEqual({ main: ['todo'], side: [] })
  // Who is named beside them has their own.
  const { client, staff } = read({ ...old, client: { main: ['todo'] } }).of(homePolicy)
  expect([client.main, staff.main]).toEqual([['todo'], old.main])
})

test('a kind of person has only widgets that say something to them, and a slip of the pen is said with its place', () => {
  expect(wrong({ client: { main: ['health'] } })).toEqual(['home.client.main.0'])
  expect(wrong({ admin: { side: ['helth'] } })).toEqual(['home.admin.side.0'])
  expect(wrong({ clients: { main: [] } }).length).toBe(1)
})

test('what an older release published still reads, with the same meaning; what it says nothing of is as today', () => {
  const today = read()
  const old = { main: ['activity', 'security', 'todo'], side: ['mine', 'information'] }
  expect(fromPublished({ home: old } as never, today).of(homePolicy)).toEqual({ client: old, staff: old, admin: old })
  expect(fromPublished({}, today).of(homePolicy)).toEqual(today.of(homePolicy))
  expect(fromPublished({ home: { main: ['weather'] } } as never, today).of(homePolicy)).toEqual(today.of(homePolicy))
  const again = JSON.parse(JSON.stringify(today)) as Policy
  expect(fromPublished(again, read({ main: [], side: [] })).of(homePolicy)).toEqual(today.of(homePolicy))
})
