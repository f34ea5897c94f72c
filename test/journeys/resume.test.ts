import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { Client, type Page } from '../support/client.ts'
import { httpPerson } from '../support/http.ts'
import { invites, signsIn } from '../support/staff.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** What each firm asks on the way, whatever else somebody meets there. */
const asked: Record<string, Page[]> = {
  kring: ['password', 'intro', 'authenticator', 'phone', 'phoneCode', 'backupCode'],
  loonhuis: ['password', 'terms', 'intro', 'chooseFactor', 'authenticator', 'phone', 'phoneCode', 'backupCode'],
  linde: ['birthDate', 'password', 'secretQuestion'],
  vandam: ['password', 'phone', 'phoneCode'],
  polder: ['together', 'phoneCode'],
}
/** What each firm's invitation asks beside name and address. */
const fields: Record<string, Record<string, string>> = {
  kring: {},
  loonhuis: {},
  linde: {},
  vandam: { role: 'director' },
  polder: { role: 'user' },
}

async function invited(slug: string, name: string): Promise<Client> {
  const own: Record<string, string> = fields[slug]?.role ? { username: `noor.${name}` } : {}
  const client = Object.assign(new Client(portal, slug, `${name}@proef.example`), { hasOwn: slug !== 'linde', ...own })
  const staff = httpPerson(portal, slug)
  await signsIn(portal, slug, staff)
  await invites(staff, client, { ...fields[slug], ...own })
  return client
}

/** Answers the page, knowing which password is the own one by now. */
async function step(client: Client, person: ReturnType<typeof httpPerson>): Promise<void> {
  const page = await client.page(person)
  if (page === 'password' && !client.hasOwn) {
    const current = client.temporary ?? (await client.reads())
    await person.fill({ current, password: client.password, repeat: client.password })
    await person.press()
    expect(await person.mistakes()).toEqual({})
    client.hasOwn = true
  } else await client.answer(person)
}

test.each(Object.keys(fields))('%s: who stops at any step goes on at that step in another browser', async (slug) => {
  const client = await invited(slug, 'hervat')
  let person = httpPerson(portal, slug)
  await person.go(await client.link())
  const met: Page[] = []
  for (let page = await client.page(person); page !== 'home'; page = await client.page(person)) {
    met.push(page)
    expect(met.length, met.join(', ')).toBeLessThan(25)
    await step(client, person)
    const reached = await client.page(person)
    if (['home', 'signIn', 'signInPassword', 'signInCode'].includes(reached)) continue
    // Everything in this browser is lost; another one takes over.
    person = httpPerson(portal, slug)
    await client.comesBack(person)
    // Who gave their own password on the way back has done the step "sign in".
    if (reached === 'signInStep') continue
    const now = await client.page(person)
    // Signing in again is the end where only the last page was left to see.
    expect([reached, ...(reached === 'done' ? ['home'] : [])], met.join(', ')).toContain(now)
  }
  expect(met).toEqual(expect.arrayContaining(asked[slug]!))
  const [account] = await portal.sql<{ activated_at: Date | null }>(
    'select activated_at from account a join tenant t on t.id = a.tenant_id where slug = $1 and email = $2',
    [slug, client.email],
  )
  expect(account?.activated_at).not.toBeNull()
})

test('when the session ends in the middle, signing in leads to exactly the same step', async () => {
  const client = await invited('kring', 'idle')
  const person = httpPerson(portal, 'kring')
  await person.go(await client.link())
  await client.until(person, 'authenticator')
  const first = await person.words('#key')
  portal.forward('PT31M')
  await person.fill({ code: '123456' })
  await person.press()
  expect(await client.page(person)).toBe('signIn')
  await client.until(person, 'authenticator')
  expect(await person.words('#key')).toBe(first)
})

test('secrets staged with the number are wiped after an hour; only that step is asked again', async () => {
  const client = await invited('polder', 'uur')
  const person = httpPerson(portal, 'polder')
  await person.go(await client.link())
  await client.answer(person)
  expect(await client.page(person)).toBe('phoneCode')
  portal.forward('PT61M')
  await person.go(await client.link())
  expect(await client.page(person)).toBe('together')
})
