import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { tables } from '../../src/platform/db/tables.ts'
import { fingerprint, ownFactors, saveAuthenticator, savePhone } from '../../src/identity/factors/index.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowIn, rowsIn } from '../support/rows.ts'

let portal: QuietPortal
beforeAll(async () => {
  portal = await quietPortal()
})
afterAll(() => portal.close())

/** As the release before wrote it: computers that were trusted then stay so. */
const before = `select concat_ws('|', a.password_hash,
    (select string_agg(id::text, ',' order by id) from passkey where account_id = a.id and removed_at is null),
    (select string_agg(id::text, ',' order by id) from approver where account_id = a.id and removed_at is null),
    (select string_agg(id::text, ',' order by id) from authenticator where account_id = a.id and removed_at is null),
    (select string_agg(id::text, ',' order by id) from phone where account_id = a.id and removed_at is null)) as text
  from account a where a.id = ?`

test('what a trusted computer is tied to is, letter for letter, what earlier releases tied it to', async () => {
  const { id } = await portal.person('linde', { kind: 'client', name: 'Vin' })
  const at = portal.context('linde')
  const own = async () => {
    const { text } = await tables()(at)
      .selectNoFrom(fingerprint(at, sql<string>`${id}::uuid`).as('text'))
      .executeTakeFirstOrThrow()
    return text ?? ''
  }
  const same = async () => expect(await own()).toBe((await rowIn<{ text: string }>(at, before, [id]))?.text)
  await same()
  await at.transaction((inner) => savePhone(inner, id, '+31612345678'))
  await same()
  for (const name of ['One', 'Two'])
    await at.transaction((inner) => saveAuthenticator(inner, id, { secret: 'A'.repeat(32), name, lastStep: null }))
  await rowsIn(
    at,
    `insert into approver (tenant_id, id, account_id, name, digest, created_at) values (?, gen_random_uuid(), ?, 'Here', 'd', ?)`,
    [at.tenant.id, id, at.at],
  )
  await rowsIn(
    at,
    `insert into passkey (tenant_id, id, account_id, name, credential, public_key, counter, transports, synced, created_at)
     values (?, gen_random_uuid(), ?, 'Key', 'c', 'k', 0, '', false, ?)`,
    [at.tenant.id, id, at.at],
  )
  await same()
  expect((await own()).split('|')).toHaveLength(4)
  const withAll = await own()
  await at.transaction(async (inner) => {
    for (const { enrolments } of ownFactors) await enrolments?.remove(inner, id)
  })
  await same()
  expect(await own()).not.toBe(withAll)
})
