import { afterAll, beforeAll, expect, test } from 'vitest'
import { invite, withdraw, type InvitationForm } from '../../src/modules/activation/index.ts'
import { beginFlow } from '../../src/identity/flow/index.ts'
import { organisationNamed } from '../../src/modules/organisations/index.ts'
import { listPeople, personShown } from '../../src/modules/staff/people.ts'
import type { Person } from '../../src/tenancy/context.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowIn, rowsIn } from '../support/rows.ts'

let portal: QuietPortal
let staff: Person
beforeAll(async () => {
  portal = await quietPortal()
  staff = await portal.person('kring', { kind: 'staff', name: 'Staf' })
})
afterAll(() => portal.close())

const by = (slug = 'kring', person = staff) => portal.contextOf(slug, person)
const empty: InvitationForm = {
  name: '',
  email: '',
  username: '',
  role: '',
  organisation: '',
  language: '',
  'birthDate-day': '',
  'birthDate-month': '',
  'birthDate-year': '',
}
const invited = async (name: string): Promise<string> => {
  const email = `${name.toLowerCase()}@lid.example`
  expect(await invite(by(), { ...empty, name, email })).toEqual({ ok: true })
  return (await rowIn<{ id: string }>(portal.context('kring'), 'select id from account where email_lookup = ?', [
    email,
  ]))!.id
}
const run = (id: string) => portal.context('kring').transaction((context) => beginFlow(context, id, 'activation'))

test('everybody has a state, a reason in words, and a place: who needs attention is on top', async () => {
  const ids: Record<string, string> = {}
  for (const name of ['Mislukt', 'Gesloten', 'Oud', 'Bezig', 'Nieuw', 'Terug']) ids[name] = await invited(name)
  await portal.mails('kring') // all are gone, so that delivery changes nothing of what follows
  const context = portal.context('kring')
  await rowsIn(context, 'update outbox_message set failed_at = ? where account_id = ?', [context.at, ids.Mislukt])
  await rowsIn(context, 'update one_time set dead_at = ? where account_id = ?', [context.at, ids.Gesloten])
  await rowsIn(context, 'update one_time set expires_at = ? where account_id = ?', [context.ago('PT1H'), ids.Oud])
  await run(ids.Bezig!)
  await rowsIn(context, `update account set password_hash = 'x' where id = ?`, [ids.Bezig])
  await withdraw(by(), ids.Terug!)
  const { people, total } = await listPeople(by(), { search: '', page: 1 })
  expect(total).toBe(7)
  expect(people.map(({ name, state, why: [first] }) => [name, state, first?.key, first?.step])).toEqual([
    ['Mislukt', 'invited', 'mailFailed', undefined],
    ['Gesloten', 'refused', 'refused', undefined],
    ['Oud', 'expired', 'expired', undefined],
    ['Bezig', 'opened', 'step', 'staff.step.intro'],
    ['Nieuw', 'invited', 'invited', undefined],
    ['Terug', 'withdrawn', 'withdrawn', undefined],
    ['Staf', 'active', undefined, undefined],
  ])
})

test('looking for somebody takes any part of name or address as it is typed', async () => {
  expect((await listPeople(by(), { search: 'IEUW', page: 1 })).people.map(({ name }) => name)).toEqual(['Nieuw'])
  expect((await listPeople(by(), { search: '%', page: 1 })).total).toBe(0)
  expect((await listPeople(by(), { search: `'; drop table account; --\\`, page: 1 })).total).toBe(0)
})

test('a client sees the own organisation, and no step by its name', async () => {
  const own = await organisationNamed(portal.context('polder'), 'Bakkerij Bol')
  const colleague = await portal.person('polder', {
    kind: 'client',
    name: 'Beheer',
    role: 'administrator',
    organisationId: own,
  })
  const stranger = await portal.person('polder', { kind: 'client', name: 'Vreemd' })
  await invite(by('polder', colleague), { ...empty, name: 'Piet', email: 'piet@bol.example', role: 'user' })
  const account = await rowIn<{ id: string }>(portal.context('polder'), `select id from account where name = 'Piet'`)
  await portal.context('polder').transaction((context) => beginFlow(context, account!.id, 'activation'))
  const { people } = await listPeople(by('polder', colleague), { search: '', page: 1 })
  expect(people.map(({ name }) => name)).toEqual(['Piet', 'Beheer'])
  expect(people[0]).toMatchObject({ state: 'opened', why: [{ key: 'opened' }] })
  expect(people[0]?.why[0]?.step).toBeUndefined()
  await expect(personShown(by('polder', colleague), stranger.id)).rejects.toMatchObject({ status: 404 })
  // Nor because somebody who sees everybody asked for the same list just before.
  const member = await portal.person('polder', { kind: 'staff', name: 'Medewerker' })
  const all = await listPeople(by('polder', member), { search: '', page: 1 })
  expect(all.people.map(({ name }) => name)).toContain('Vreemd')
  expect((await listPeople(by('polder', colleague), { search: '', page: 1 })).people).toHaveLength(2)
  for (const [search, total] of [
    ['example', 2],
    ['vreemd', 0],
    ['Vr', 0],
  ] as const)
    expect((await listPeople(by('polder', colleague), { search, page: 1 })).total, search).toBe(total)
})

test('of 5,000 people a page shows fifty, and the last page is there', async () => {
  const context = portal.context('vandam')
  const person = await portal.person('vandam', { kind: 'staff', name: 'Staf' })
  // A thousand at a time: the database ends a statement that takes long.
  for (let thousand = 0; thousand < 5; thousand++) {
    const these = `from account where name like 'Klant ${thousand}.%'`
    await rowsIn(
      context,
      `insert into account (tenant_id, id, kind, name, email, email_lookup, language, created_at)
      select ?::uuid, gen_random_uuid(), 'client', 'Klant ${thousand}.' || n, ${thousand} || '-' || n || '@veel.example',
        ${thousand} || '-' || n || '@veel.example', 'nl', ?::timestamptz from generate_series(1, 1000) n`,
      [context.tenant.id, context.at],
    )
    await rowsIn(
      context,
      `insert into one_time (tenant_id, id, purpose, account_id, digest, created_at, expires_at)
      select tenant_id, gen_random_uuid(), 'activation', id, id::text, created_at, created_at ${these}`,
    )
    await rowsIn(
      context,
      `insert into run (tenant_id, id, account_id, track, policy_version, started_at)
      select tenant_id, gen_random_uuid(), id, 'activation', 1, created_at ${these}`,
    )
  }
  const { people, total, more } = await listPeople(by('vandam', person), { search: 'klant', page: 3 })
  expect({ shown: people.length, total, more }).toEqual({ shown: 50, total: 5000, more: true })
  const everybody = await listPeople(by('vandam', person), { search: '', page: 101 })
  expect(everybody).toMatchObject({ total: 5001, more: false, people: [{ name: 'Staf', state: 'active' }] })
})

test('more people than are counted are told as more, and the pages go on', async () => {
  const context = portal.context('loonhuis')
  const person = await portal.person('loonhuis', { kind: 'staff', name: 'Staf' })
  for (let thousand = 0; thousand <= 10; thousand++)
    await rowsIn(
      context,
      `insert into account (tenant_id, id, kind, name, email, email_lookup, language, created_at)
      select ?::uuid, gen_random_uuid(), 'client', 'Klant ${thousand}.' || n, ${thousand} || '-' || n || '@veel.example',
        ${thousand} || '-' || n || '@veel.example', 'nl', ?::timestamptz from generate_series(1, 1000) n`,
      [context.tenant.id, context.at],
    )
  const { people, total, over, more } = await listPeople(by('loonhuis', person), { search: '', page: 1 })
  expect({ shown: people.length, total, over, more }).toEqual({ shown: 50, total: 10_000, over: true, more: true })
  // As many as that found by a piece of a text, by one too short for the index, and in another order.
  for (const search of ['klant', 'la', ''])
    for (const sort of ['attention', 'name', 'lastSignIn'] as const) {
      const found = await listPeople(by('loonhuis', person), { search, sort, page: 2 })
      expect({ ...found, people: found.people.length }, `${search} ${sort}`).toEqual({
        people: 50,
        total: 10_000,
        over: true,
        page: 2,
        more: true,
      })
    }
  const named = await listPeople(by('loonhuis', person), { search: 'KLANT', sort: 'name', page: 1 })
  expect(named.people.slice(0, 3).map(({ name }) => name)).toEqual(['Klant 0.1', 'Klant 0.10', 'Klant 0.100'])
  const few = await listPeople(by('loonhuis', person), { search: 'klant 10.99', show: 'new', sort: 'name', page: 1 })
  expect(few).toMatchObject({ total: 11, over: false, more: false, people: { length: 11 } })
  expect((await listPeople(by('loonhuis', person), { search: 'klant', show: 'blocked', page: 1 })).total).toBe(0)
  expect((await listPeople(by('loonhuis', person), { search: 'klant', show: 'stuck', page: 1 })).total).toBe(0)
  const last = await listPeople(by('loonhuis', person), { search: '', page: 221 })
  expect(last).toMatchObject({ more: false, people: [{ name: 'Staf', state: 'active' }] })
})
