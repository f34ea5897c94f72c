import { afterAll, beforeAll, expect, test } from 'vitest'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { enters, givesPassword, somebody } from '../support/somebody.ts'
import { signsIn } from '../support/staff.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const firm = 'polder'
let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const name = 'Noor de Wit'
/**
 * What the inviter sees of somebody: everything but the address itself, the number behind a user name, and the row's
 * own id.
 */
const seen = (text: string, email: string) =>
  text
    .replaceAll(email, 'X')
    .replaceAll(encodeURIComponent(email), 'X')
    .replace(/name="(_csrf|nonce)" value="[^"]*"/g, '')
    .replace(/noor\.de\.wit\d*/g, 'noor')
    .replace(/people\/[0-9a-f-]{36}/g, 'people/one')
    .replace(/\d+\.\d\d uur/g, 'straks')

async function walk(inviter: HttpPerson, email: string): Promise<string[]> {
  const pages: string[] = []
  const look = () => pages.push(`${inviter.status()} ${seen(inviter.page().querySelector('main')!.toString(), email)}`)
  await inviter.go('/staff/people/new')
  await inviter.fill({ name, email, role: 'user' })
  await inviter.press()
  look()
  await inviter.press('/staff/people/new/invitation')
  pages.push(
    seen(inviter.page().toString(), email).includes('De uitnodiging aan')
      ? 'on its way'
      : seen(await inviter.reads(), email),
  )
  await inviter.go(`/staff/people?search=${encodeURIComponent(email)}`)
  look()
  const address = inviter.page().querySelector('table a[href^="/staff/people/"]')!.getAttribute('href')!
  const open = async () => {
    await inviter.go(address)
    look()
  }
  await open()
  // Once at once, which is too soon, and once later.
  for (const wait of ['PT0S', 'PT61S']) {
    portal.forward(wait)
    await inviter.go(`${address}/invitation`)
    look()
    if (inviter.status() === 200) await inviter.press(`${address}/invitation`)
    look()
  }
  await inviter.go(`${address}/withdrawal`)
  await inviter.press()
  await open()
  await inviter.go('/staff/people/new')
  await inviter.fill({ name, email, role: 'user' })
  await inviter.press()
  look()
  return pages
}

test('a client who invites sees the same of an address nobody has, of a client elsewhere and of the firm’s own people', async () => {
  const inviter = httpPerson(portal, firm)
  await signsIn(portal, firm, inviter, 'client')
  const [client, staff] = [await somebody(portal, firm), await somebody(portal, firm, { kind: 'staff' })]
  const walked = []
  for (const email of ['niemand-nog@proef.example', client.email, staff.email]) walked.push(await walk(inviter, email))
  expect(walked[0]![1]).toBe('on its way')
  expect(walked[1]).toEqual(walked[0])
  expect(walked[2]).toEqual(walked[0])

  const to = async (email: string) => (await portal.outbox(firm, email)).filter(({ kind }) => kind === 'mail')
  for (const { email, id } of [client, staff]) {
    const [mail, ...more] = await to(email)
    expect([more.length, mail!.text.includes('/activation/'), mail!.text.includes('heeft u er al een')]).toEqual([
      1,
      false,
      true,
    ])
    const [theirs] = await portal.sql<{ kind: string; email_lookup: string; blocked_at: string | null }>(
      'select kind, email_lookup, blocked_at from account where id = $1',
      [id],
    )
    expect(theirs).toMatchObject({ email_lookup: email, blocked_at: null })
  }
  expect((await to('niemand-nog@proef.example')).map(({ text }) => text.includes('/activation/'))).toEqual([true, true])
})

test('the row beside it lets nobody in, its owner signs in as before, and the firm’s own people see what happened', async () => {
  const inviter = httpPerson(portal, firm)
  await signsIn(portal, firm, inviter, 'client')
  const client = await somebody(portal, firm)
  await inviter.go('/staff/people/new')
  await inviter.fill({ name, email: client.email, role: 'user', username: 'verzonnen.naam' })
  await inviter.press()
  await inviter.press('/staff/people/new/invitation')
  expect(await inviter.mistakes()).toEqual({})
  const guess = httpPerson(portal, firm)
  await givesPassword(guess, { identifier: 'verzonnen.naam' })
  expect(Object.keys(await guess.mistakes())).toEqual(['password'])
  for (const identifier of ['verzonnen.naam', client.email]) {
    await guess.go('/activation/new')
    await guess.fill({ identifier })
    await guess.press()
  }
  expect((await portal.outbox(firm, client.email)).filter(({ text }) => text.includes('/activation/'))).toEqual([])
  expect(await (await enters(client)).at()).toBe('/home')
  const staff = httpPerson(portal, firm)
  await signsIn(portal, firm, staff)
  await staff.go(`/staff/people?search=${encodeURIComponent(client.email)}`)
  expect(await staff.reads()).toContain('het hoort al bij een ander account')
})
