import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportPerson } from '../../src/commands/export.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowsIn } from '../support/rows.ts'

let portal: QuietPortal
beforeAll(async () => {
  portal = await quietPortal()
})
afterAll(() => portal.close())

/** Tables with rows of somebody that nobody can take along, and why. */
const apart: Record<string, string> = {
  answered_form: 'which form was sent already: a number, for a day',
  form_draft: 'what was typed in a form that was cut off: encrypted, for an hour',
  organisation: 'of the firm’s client, not of a person',
  sign_in_alarm: 'that a mail about tries is still to go: a moment, until it went',
}
const kinds = () => portal.services.modules.all.flatMap(({ records = [] }) => records)

test('every table with rows of somebody is of a kind of record, or says here why not', async () => {
  const found = await rowsIn<{ name: string }>(
    portal.context('linde'),
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'account_id' order by 1`,
  )
  const named = kinds().flatMap(({ tables }) => tables)
  expect(found.map(({ name }) => name).filter((name) => !named.includes(name) && !(name in apart))).toEqual([])
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
