import { afterAll, beforeAll, expect, test } from 'vitest'
import { Client } from '../support/client.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { invites, signsIn } from '../support/staff.ts'

const firm = 'linde'
let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** Somebody new at the step of the secret question, which asks their password too. */
async function atQuestion(): Promise<{ client: Client; person: HttpPerson }> {
  const client = Object.assign(new Client(portal, firm, 'raadt@proef.example'), { hasOwn: false })
  const staff = httpPerson(portal, firm)
  await signsIn(portal, firm, staff)
  await invites(staff, client)
  const person = httpPerson(portal, firm)
  await person.go(await client.link())
  await client.answer(person)
  await client.reads()
  await client.until(person, 'password')
  await person.fill({ current: client.temporary!, password: client.password, repeat: client.password })
  await person.press()
  expect(await client.page(person)).toBe('secretQuestion')
  return { client, person }
}

test('whoever finds the page open does not guess the password: each try counts, and a wait ends by itself', async () => {
  const { client, person } = await atQuestion()
  const tries = async (current: string) => {
    await person.fill({ question: 'Hoe heette mijn eerste kat?', answer: 'Minoes van zolder', current })
    await person.press()
    return Object.values(await person.mistakes()).join()
  }
  for (let nth = 0; nth < 5; nth++) expect(await tries(`geraden wachtwoord ${nth}`)).toContain('niet uw wachtwoord')
  expect(await tries(client.password)).toContain('te vaak')
  portal.forward('PT2M')
  expect(await tries(client.password)).toBe('')
  expect(await client.page(person)).not.toBe('secretQuestion')
})
