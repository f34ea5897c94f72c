import { afterAll, beforeAll, expect, test } from 'vitest'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { signsIn } from '../support/staff.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const idOf = async (email: string) =>
  (await portal.sql<{ id: string }>('select id from account where email = $1', [email]))[0]!.id
const pageOf = async (email: string) => `/staff/people/${await idOf(email)}`
const state = () =>
  portal.sql(`select a.id, a.blocked_at, a.password_hash, (select count(*) from portal_session s where s.account_id = a.id and revoked_at is null) as sessions,
  (select count(*) from one_time o where o.account_id = a.id and dead_at is null) as alive from account a order by a.id`)
const count = async (action: string, subject: string) =>
  (
    await portal.sql<{ n: number }>('select count(*)::int as n from audit_line where action = $1 and subject = $2', [
      action,
      subject,
    ])
  )[0]!.n
async function member(slug: string, kind: 'staff' | 'admin' | 'client' = 'staff'): Promise<HttpPerson> {
  const person = httpPerson(portal, slug)
  await signsIn(portal, slug, person, kind)
  return person
}

const marijke = 'marijke@beoordelaar.example'
const petra = 'petra@huisartsen-dijkzicht.example'

test('before an act stands a page with who it is about and what follows; looking changes nothing', async () => {
  const staff = await member('kring')
  const address = await pageOf(marijke)
  const before = await state()
  for (const [act, verb, follows] of [
    ['reset', 'Nieuw wachtwoord laten kiezen', /wachtwoord van nu werkt niet meer/],
    ['block', 'Blokkeren', /meteen overal uitgelogd/],
  ] as const) {
    await staff.go(address)
    await staff.follow(`${address}/${act}`)
    expect(staff.status()).toBe(200)
    const words = await staff.reads()
    for (const fact of [marijke, 'Marijke', 'Nu ingelogd', follows]) expect(words).toMatch(fact)
    expect(await staff.words('main button[type=submit]')).toBe(verb)
    expect(await staff.sees(`main a[href="${address}"]`)).toBe(true)
  }
  expect(await state()).toEqual(before)
})

test('what cannot be done is said instead, and changes nothing', async () => {
  const staff = await member('kring')
  const [own, admin, other] = [
    await pageOf('joris@kring.example'),
    await pageOf('hanna@kring.example'),
    await pageOf(marijke),
  ]
  const before = await state()
  for (const address of [`${own}/block`, `${admin}/block`, `${other}/unblock`, `${other}/withdrawal`]) {
    await staff.go(address)
    expect([staff.status(), Object.keys(await staff.mistakes()).length], address).toEqual([409, 1])
  }
  expect(await state()).toEqual(before)
})

test('who is out of reach is as unknown as who never was, at every address', async () => {
  const polder = await pageOf(petra)
  const never = `/staff/people/${crypto.randomUUID()}`
  // The number of the request is another each time, and so is the token in the page.
  const bare = (text: string) =>
    text
      .replace(/value="[^"]*"|data-csrf="[^"]*"|<span class="reference">[^<]*/g, '')
      .replaceAll(polder, '')
      .replaceAll(never, '')
  const client = await member('polder', 'client')
  const stranger = await pageOf('yusuf@fysio-weidelaan.example')
  for (const [person, addresses] of [
    [await member('kring'), [polder]],
    [client, [stranger]],
  ] as const) {
    for (const act of ['', '/reset', '/block', '/unblock', '/withdrawal']) {
      const unknown = await person.ask(`${never}${act}`)
      for (const address of addresses) {
        const known = await person.ask(`${address}${act}`)
        expect([known.status, bare(known.text).replaceAll(address, '')], `${address}${act}`).toEqual([
          404,
          bare(unknown.text),
        ])
      }
    }
  }
  for (const act of ['/reset', '/block', '/unblock'])
    expect((await client.ask(`${polder}${act}`)).status, 'a client does no such thing').toBe(404)
})

test('a client takes back the invitation of a colleague: looked at, pressed twice, done once', async () => {
  const client = await member('polder', 'client')
  const address = await pageOf(petra)
  await client.go(address)
  await client.follow(`${address}/withdrawal`)
  expect(await client.reads()).toMatch(/intrekken\?.*De link in de mail werkt niet meer/s)
  const form = client.form()
  await client.send(form)
  expect(await client.mistakes()).toEqual({})
  expect(await client.reads()).toMatch(/Opnieuw uitnodigen kan op deze pagina/)
  await client.send(form)
  expect(await count('invitation.withdrawn', await idOf(petra))).toBe(1)
  expect(
    (
      await portal.sql<{ blocked: boolean }>('select blocked_at is not null as blocked from account where email = $1', [
        petra,
      ])
    )[0]!.blocked,
  ).toBe(true)
})

test('the same block sent twice is one block, and the page says what comes next', async () => {
  const staff = await member('loonhuis')
  const ellen = 'ellen@bakkerij-kroes.example'
  await staff.go(`${await pageOf(ellen)}/block`)
  const form = staff.form()
  await staff.send(form)
  expect(await staff.reads()).toMatch(/Deblokkeren doet u op deze pagina/)
  await staff.send(form)
  expect(await staff.mistakes()).toEqual({})
  expect(await count('account.blocked', await idOf(ellen))).toBe(1)
})

test('every look at somebody is in the log, and they can read it', async () => {
  const staff = await member('kring')
  const id = await idOf(marijke)
  const before = await count('person.viewed', id)
  await staff.go(await pageOf(marijke))
  await staff.go(await pageOf(marijke))
  await staff.go(`${await pageOf(marijke)}/block`)
  expect((await count('person.viewed', id)) - before).toBe(3)
  expect((await staff.ask(`/staff/people/${crypto.randomUUID()}`)).status).toBe(404)
  const client = await member('kring', 'client')
  const [mine] = await portal.sql<{ email: string }>(
    `select email from account where id = (select account_id from portal_session order by started_at desc limit 1)`,
  )
  await staff.go(await pageOf(mine!.email))
  await client.go('/profile/activity')
  const [row] = client
    .page()
    .querySelectorAll('main tbody tr')
    .map((each) => each.textContent.replace(/\s+/g, ' '))
  expect(row).toMatch(/Uw gegevens bekeken.*Niet door uzelf gedaan|Niet door uzelf gedaan.*Uw gegevens bekeken/)
})
