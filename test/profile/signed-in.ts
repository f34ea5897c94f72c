import pg from 'pg'
import { expect, inject } from 'vitest'
import { password } from '../../src/rooms/dev/index.ts'
import { httpPerson, type HttpPerson } from '../people/http.ts'
import { codeTo } from '../people/phone.ts'
import { signsIn } from '../people/staff.ts'
import type { TestHouse } from '../setup/house.ts'

export { password }

/** The firm's first invented client, signed in in a browser of their own. */
export async function client(house: TestHouse, slug: string): Promise<HttpPerson> {
  const person = httpPerson(house, slug)
  await signsIn(house, slug, person, 'client')
  expect(await person.at()).toBe('/home')
  return person
}

/** Who that is: as the database knows them. */
export async function account(
  house: TestHouse,
  slug: string,
  email: string,
): Promise<{ id: string; email: string; password_hash: string | null; name: string }> {
  const [row] = await house.sql<{ id: string; email: string; password_hash: string | null; name: string }>(
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
  house: TestHouse,
  slug: string,
  person: HttpPerson,
  to: string,
  number: string,
): Promise<void> {
  house.forward('PT6M')
  await person.go(to)
  expect(await person.at()).toBe('/step-up')
  await person.press('/step-up/send')
  await person.fill({ code: await codeTo(house, slug, number) })
  await person.press('/step-up')
  expect(await person.mistakes()).toEqual({})
  expect(await person.at()).toBe(to)
}

/** The newest "this was not me" link that went to an address. */
export async function linkIn(house: TestHouse, slug: string, to: string, part: string, nth = 0): Promise<string> {
  const mails = (await house.outbox(slug, to))
    .map(({ text }) => new RegExp(`/profile/${part}/[\\w-]+`).exec(text)?.[0])
    .filter((link) => link !== undefined)
  return (
    mails[nth] ??
    (() => {
      throw new Error(`no ${part} link to ${to}`)
    })()
  )
}

/** A connection of its own to this house's database, for holding a lock while something else happens. */
export async function behind(house: TestHouse): Promise<pg.Client> {
  const url = new URL(inject('postgresUrl'))
  url.pathname = new URL(house.databaseUrl).pathname
  const connection = new pg.Client({ connectionString: url.href })
  await connection.connect()
  return connection
}
