import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeTo } from '../support/phone.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { at, chooses, fresh, linkIn, mobile, opens } from './way-back.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const carla = { name: 'carla.degroot', email: 'carla@huisartsen-dijkzicht.example' }
const marijke = 'marijke@beoordelaar.example'

/** The tables as the release before had them: progress on a mailed link stood in a table of its own. */
const asBefore = `
  alter table run drop column link_id, drop column browser;
  create unique index run_open on run (tenant_id, account_id, track) where finished_at is null and ended_at is null;
  create table reset_progress (
    tenant_id uuid not null, id uuid not null, link_id uuid not null, browser text not null, account_id uuid not null,
    begun_at timestamptz not null, answered_at timestamptz null, way text null, proven_at timestamptz null,
    password text null, number text null, staged_at timestamptz null, number_proven_at timestamptz null,
    primary key (tenant_id, id));
  alter table reset_progress owner to portal_owner;
  alter table reset_progress enable row level security;
  alter table reset_progress force row level security;
  create policy tenant on reset_progress using (tenant_id = current_setting('app.tenant')::uuid);
  delete from mikro_orm_migrations where name = '20261126-recovery-flow'`

/** Where a browser is, as far as the release before knew it too: whose link, and which browser. */
interface Stand {
  tenant_id: string
  account_id: string
  link_id: string
  browser: string
  started_at: string
}
const standOf = async (email: string): Promise<Stand> => {
  const [stand] = await portal.sql<Stand>(
    'select r.tenant_id, r.account_id, r.link_id, r.browser, r.started_at from run r join account a on a.id = r.account_id where r.link_id is not null and a.email = $1',
    [email],
  )
  return stand!
}
/** Somebody opened the link and answered a form, so that this browser is known on it. */
async function begins(
  slug: string,
  identifier: string,
  email: string,
  { button, filled = {} }: { button?: string; filled?: Record<string, string> },
): Promise<HttpPerson> {
  const person = httpPerson(portal, slug)
  await person.go('/recovery')
  await person.fill({ identifier })
  await person.press()
  await person.go(await linkIn(portal, slug, email))
  await person.fill(filled)
  await person.press(button)
  return person
}
const insert = (stand: Stand, more: Record<string, string>) => {
  const row = { ...stand, id: crypto.randomUUID(), ...more }
  const { started_at: begun, ...rest } = row
  const all: Record<string, unknown> = { ...rest, begun_at: begun }
  const names = Object.keys(all)
  return portal.sql(
    `insert into reset_progress (${names.join(', ')}) values (${names.map((_, nth) => `$${nth + 1}`).join(', ')})`,
    Object.values(all),
  )
}

test('who was half-way when the release changed goes on where they were', async () => {
  const atNumber = await begins('polder', carla.name, carla.email, {
    filled: { password: fresh, repeat: fresh, phone: mobile },
  })
  const atCode = await begins('kring', marijke, marijke, { button: 'send' })
  // Codes go out at most once a minute.
  portal.forward('PT1M')
  const [one, other] = [await standOf(carla.email), await standOf(marijke)]
  const context = at(portal, 'polder')
  const { tenant } = context
  const now = context.at.toISOString()
  const sealed = (column: string, text: string) =>
    tenant.vault.seal([tenant.id, 'reset_progress', column, `${one.link_id}|${one.browser}`].join('|'), text)
  const number = `+31${mobile.slice(1)}`
  const password = sealed('password', await portal.services.hasher.hashPassword(fresh))

  await portal.sql('delete from run where link_id is not null')
  await portal.sql(asBefore)
  await insert(one, {
    way: 'sms',
    password,
    number: sealed('number', number),
    staged_at: now,
    number_proven_at: now,
  })
  await insert(other, { proven_at: now })
  await portal.restart()

  const link = await linkIn(portal, 'polder', carla.email)
  await atNumber.go(link)
  expect(await atNumber.sees('main [name=password]'), 'password and number are there').toBe(false)
  await atNumber.press('send')
  const [phone] = await portal.sql<{ id: string; number: string }>(
    'select id, number from phone where removed_at is null and account_id = $1',
    [one.account_id],
  )
  const old = at(portal, 'polder').tenant.vault.open(
    context.associatedData('phone', 'number', phone!.id),
    phone!.number,
  )
  await atNumber.fill({ code: await codeTo(portal, 'polder', old) })
  await atNumber.press()
  expect([await atNumber.mistakes(), await atNumber.at()]).toEqual([{}, '/sign-in'])
  expect(await opens(portal, 'polder', carla.name, fresh)).toBe(true)

  await atCode.go(await linkIn(portal, 'kring', marijke))
  expect(await atCode.sees('main [name=password]'), 'the code was given').toBe(true)
  await chooses(atCode)
  expect(await atCode.at()).toBe('/sign-in')
})
