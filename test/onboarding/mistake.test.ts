import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Client } from '../support/client.ts'
import { httpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { invites, signsIn } from '../support/staff.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** Somebody else holds an account, as whoever writes something of it does. */
async function holding(email: string): Promise<AsyncDisposable> {
  const url = new URL(inject('postgresUrl'))
  url.pathname = new URL(portal.databaseUrl).pathname
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query('begin')
  await client.query('select from account where email = $1 for update', [email])
  return { [Symbol.asyncDispose]: () => client.end() }
}

test('a password that is too short is told at once: nothing is locked for it, and nobody waited for', async () => {
  const [client, staff, person] = [
    new Client(portal, 'kring', 'vergissing@proef.example'),
    httpPerson(portal, 'kring'),
    httpPerson(portal, 'kring'),
  ]
  await signsIn(portal, 'kring', staff)
  await invites(staff, client)
  await person.go(await client.link())
  expect(await client.page(person)).toBe('password')
  await person.fill({ password: 'kort', repeat: 'kort' })
  {
    await using _held = await holding('vergissing@proef.example')
    await person.press()
    expect([person.status(), Object.keys(await person.mistakes())]).toEqual([422, ['password']])
  }
  expect(await client.answer(person), 'and then a right one').toBe('password')
  expect(await client.page(person)).not.toBe('password')
})
