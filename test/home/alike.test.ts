import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, type Asked } from '../../src/modules/home/parts.ts'
import { alike } from '../../src/tenancy/alike.ts'
import type { Person, PersonContext } from '../../src/tenancy/context.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'

/** The statement of the home page is built once for everybody alike, and asks each for what is theirs. */
const firm = 'linde'
let portal: QuietPortal
let [ana, ben]: Person[] = []
beforeAll(async () => {
  portal = await quietPortal()
  ana = await portal.person(firm, { kind: 'client', name: 'Ana' })
  ben = await portal.person(firm, { kind: 'client', name: 'Ben' })
})
afterAll(() => portal.close())

const as = (person: Person | undefined, more: Partial<Person> = {}) => portal.contextOf(firm, { ...person!, ...more })

function probe(asks: Asked['asks']) {
  let built = 0
  const part: Asked = {
    asks(context) {
      built++
      return asks(context)
    },
  }
  return { part, times: () => built }
}
const ids = ({ person, at, ago }: PersonContext) =>
  sql`jsonb_build_array(${person.id}::text, ${at}::timestamptz - ${ago('PT1H')}::timestamptz, array(select unnest(${[person.id]}::text[])))`

test('it is built once, and each is asked for with their own values, in lists too', async () => {
  const { part, times } = probe(ids)
  for (const who of [ana, ben]) expect(await ask(as(who), { part })).toEqual({ part: [who!.id, '01:00:00', [who!.id]] })
  expect(times()).toBe(1)
})

test('who is of another kind, role or firm, was here before or has an organisation, has one of their own', async () => {
  const { part, times } = probe(ids)
  const others: Partial<Person>[] = [
    {},
    { kind: 'staff' },
    { role: 'other' },
    { organisationId: crypto.randomUUID() },
    { previousSignInAt: new Date() },
  ]
  for (const more of [...others, ...others]) await ask(as(ana, more), { another: part })
  expect(times()).toBe(others.length)
  await ask(portal.contextOf('kring', ben!), { another: part })
  expect(times()).toBe(others.length + 1)
})

test("what is nobody else's cannot stand in it: reading it fails, and so does computing with a value that comes later", () => {
  const one = alike(as(ana))
  for (const read of [() => one.person.name, () => one.person.requirementFacts, () => one.today, () => one.session])
    expect(read).toThrow(/cannot hang on/)
  expect(() => `id ${one.person.id}`).toThrow(/cannot compute/)
  expect(() => one.at < new Date()).toThrow(/cannot compute/)
})

test('where no part asks anything, nothing is asked', async () => {
  expect(await ask(as(ana), { nothing: probe(() => null).part })).toEqual({})
})
