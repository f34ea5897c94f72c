import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportPerson } from '../../src/commands/export.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { putFinished } from '../../src/identity/flow/index.ts'
import { organisationNamed } from '../../src/modules/organisations/index.ts'
import { exportRecords } from '../../src/tenancy/records.ts'
import { rowsIn } from '../support/rows.ts'

let portal: QuietPortal
beforeAll(async () => {
  portal = await quietPortal()
})
afterAll(() => portal.close())

/** Tables behind the wall that nobody can take along, and why. */
const apart: Record<string, string> = {
  answered_form: 'which form was sent already: a number, for a day',
  form_draft: 'what was typed in a form that was cut off: encrypted, for an hour',
  outbox_due: 'that a message waits: its number and a moment, until it went',
  policy_version: 'what the firm chose',
  sign_in_alarm: 'that a mail about tries is still to go: a moment, until it went',
  work_due: 'that a job has work at the firm: its name and a moment',
}
const all = () => portal.services.modules.all
const kinds = () => all().flatMap(({ records = [] }) => records)

test('every table behind the wall is of a kind of record, or says here why not', async () => {
  const found = await rowsIn<{ name: string }>(
    portal.context('linde'),
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id' order by 1`,
  )
  const tables = found.map(({ name }) => name)
  expect(tables.length).toBeGreaterThan(25)
  const named = kinds().flatMap((kind) => kind.tables)
  expect(tables.filter((name) => !named.includes(name) && !(name in apart))).toEqual([])
  expect(Object.keys(apart).filter((name) => named.includes(name) || !tables.includes(name))).toEqual([])
})

test('a kind of record speaks of its module’s own tables, and no two of the same', () => {
  for (const { name, entities = [], records = [] } of all()) {
    const own = entities.map((entity) => entity.tableName)
    const foreign = records.flatMap(({ tables }) => tables).filter((table) => !own.includes(table))
    expect(foreign, name).toEqual([])
  }
  const named = kinds().flatMap(({ tables }) => tables)
  expect(named.toSorted()).toEqual([...new Set(named)].sort())
})

test('where somebody works, where their invitation stands and what they did at each step is among it', async () => {
  const context = portal.context('linde')
  const organisation = await context.transaction((inner) => organisationNamed(inner, 'De Proefbakkerij'))
  const { id } = await portal.person('linde', { kind: 'client', name: 'Bij', organisationId: organisation })
  await context.transaction((inner) => putFinished(inner, id, 'activation', inner.at))
  await rowsIn(
    context,
    `insert into step_mark (tenant_id, run_id, step, outcome, at)
     select tenant_id, id, 'intro', 'done', started_at from run where account_id = '${id}'`,
  )
  await rowsIn(context, `update account set invitation = 'sent', invitation_ends_at = '2026-12-01' where id = '${id}'`)
  expect(await exportRecords(context, id)).toMatchObject({
    organisation: [{ name: 'De Proefbakkerij' }],
    invitation: [{ invitation: 'sent', invitation_ends_at: new Date('2026-12-01'), invite_after: null }],
    flows: [{ flow: 'activation', steps: [{ step: 'intro', outcome: 'done' }] }],
  })
})

test('somebody gets everything kept of them, without secrets, and reads that it was given out; of others nothing', async () => {
  const noor = await portal.person('linde', { kind: 'client', name: 'Noor' })
  await portal.person('linde', { kind: 'client', name: 'Een Ander' })
  const context = portal.context('linde')
  const text = await exportPerson(context, noor.email)
  const all = JSON.parse(text) as Record<string, object[]>
  expect(Object.keys(all).sort()).toEqual(
    kinds()
      .map(({ name }) => name)
      .sort(),
  )
  expect(all.account).toMatchObject([{ name: 'Noor', email: noor.email }])
  expect(all.log).toMatchObject([{ action: 'account.exported' }])
  expect(text).not.toMatch(/Een Ander|\$argon2|digest|secret"|hash/)
  for (const kind of kinds()) expect(await kind.count(context, noor.id), kind.name).toBe(all[kind.name]!.length)
  await expect(exportPerson(context, 'niemand@hier.example')).rejects.toThrow('Nobody at this firm')
})

test('what may go goes, kind by kind; what stays says why', async () => {
  const gone = await portal.person('linde', { kind: 'client', name: 'Weg' })
  const context = portal.context('linde')
  for (const kind of kinds().toReversed()) {
    if (!kind.erase) expect(kind.stays, kind.name).toBeTruthy()
    await kind.erase?.(context, gone.id)
  }
  for (const kind of kinds().filter(({ erase }) => erase)) expect(await kind.count(context, gone.id), kind.name).toBe(0)
})
