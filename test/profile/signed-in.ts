import pg from 'pg'
import { expect, inject } from 'vitest'
import { password } from '../../src/modules/development/index.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { codeTo } from '../support/phone.ts'
import { signsIn } from '../support/staff.ts'
import type { TestPortal } from '../support/portal.ts'

export { password }

/** The firm's first invented client, signed in in a browser of their own. */
export async function client(portal: TestPortal, slug: string): Promise<HttpPerson> {
  const person = httpPerson(portal, slug)
  await signsIn(portal, slug, person, 'client')
  expect(await person.at()).toBe('/home')
  return person
}

/** Who that is: as the database knows them. */
export async function account(
  portal: TestPortal,
  slug: string,
  email: string,
): Promise<{ id: string; email: string; password_hash: string | null; name: string }> {
  const [row] = await portal.sql<{ id: string; email: string; password_hash: string | null; name: string }>(
    'select a.id, a.email, a.password_hash, a.name from account a join tenant t on t.id = a.tenant_id where t.slug = $1 and a.email = $2',
    [slug, email],
  )
  return (
    row ??
    (() => {
      throw new Error(`${slug} has no ${email}`)
    })()
  )
}

/** Asks for a page that wants to know once more who somebody is, and shows it with the SMS code. */
export async function stepsUp(
  portal: TestPortal,
  slug: string,
  person: HttpPerson,
  to: string,
  number: string,
): Promise<void> {
  portal.forward('PT6M')
  await person.go(to)
  expect(await person.at()).toBe('/step-up')
  await person.press('/step-up/send')
  await person.fill({ code: await codeTo(portal, slug, number) })
  await person.press('/step-up')
  expect(await person.mistakes()).toEqual({})
  expect(await person.at()).toBe(to)
}

/** The newest "this was not me" link that went to an address. */
export async function linkIn(portal: TestPortal, slug: string, to: string, part: string, nth = 0): Promise<string> {
  const mails = (await portal.outbox(slug, to))
    .map(({ text }) => new RegExp(`/profile/${part}/[\\w-]+`).exec(text)?.[0])
    .filter((link) => link !== undefined)
  return (
    mails[nth] ??
    (() => {
      throw new Error(`no ${part} link to ${to}`)
    })()
  )
}

/** A connection of its own to this installation's database, for holding a lock while something else happens. */
export async function behind(portal: TestPortal): Promise<pg.Client> {
  const url = new URL(inject('postgresUrl'))
  url.pathname = new URL(portal.databaseUrl).pathname
  const connection = new pg.Client({ connectionString: url.href })
  await connection.connect()
  return connection
}
