import { afterAll, beforeAll, expect, test } from 'vitest'
import { fulfilDue, sweepRecovery } from '../../src/modules/recovery/index.ts'
import { codeTo } from '../support/phone.ts'
import type { HttpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { ask, at, chooses, forgets, fresh, linkIn, mails, mobile, opens, staffMember, traces } from './way-back.ts'
import { rowIn } from '../support/rows.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const carla = { name: 'carla.degroot', email: 'carla@huisartsen-dijkzicht.example' }
const yusuf = { name: 'yusuf.demir', email: 'yusuf@fysio-weidelaan.example' }

const another = '0612345688'

const numberOf = async (email: string): Promise<string> => {
  const context = at(portal, 'polder')
  const row = await rowIn<{ id: string; number: string }>(
    context,
    'select p.id, p.number from phone p join account a on a.id = p.account_id where a.email = ? and p.removed_at is null',
    [email],
  )
  return context.tenant.vault.open(context.associatedData('phone', 'number', row!.id), row!.number)
}
/** Up to the question whether it is really them: new password and number typed, the code to the new number given. */
async function fillsIn(who: typeof carla, phone = mobile): Promise<HttpPerson> {
  const person = await forgets(portal, 'polder', who.name)
  await person.go(await linkIn(portal, 'polder', who.email))
  await chooses(person, { phone })
  expect(await person.mistakes()).toEqual({})
  await person.fill({ code: await codeTo(portal, 'polder', phone) })
  await person.press()
  expect(await person.mistakes()).toEqual({})
  return person
}
async function asksWithout(who: typeof carla, phone = mobile): Promise<void> {
  const person = await fillsIn(who, phone)
  await person.follow('main a[href$="/none"]')
  await person.fill({ email: 'iemand@anders.example' })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['email'])
  await person.fill({ email: who.email })
  await person.press()
  expect(await person.at()).toBe('/recovery/waiting')
}
const due = async () => {
  await fulfilDue(at(portal, 'polder'))
}

test('a code on the new number alone saves nothing; with one on the old number both are saved together', async () => {
  const old = await numberOf(carla.email)
  const person = await fillsIn(carla)
  expect(await numberOf(carla.email)).toBe(old)
  expect(await opens(portal, 'polder', carla.name, fresh)).toBe(false)
  await person.press('send')
  await person.fill({ code: await codeTo(portal, 'polder', old) })
  await person.press()
  expect(await person.at()).toBe('/sign-in')
  expect(await numberOf(carla.email)).toBe(`+31${mobile.slice(1)}`)
  expect(await opens(portal, 'polder', carla.name, fresh)).toBe(true)
  expect(await mails(portal, 'polder', carla.email, /nummer is ingesteld/)).toBe(1)
})

test('who keeps the same number gives its code once', async () => {
  const person = await fillsIn(carla)
  expect(await person.at()).toBe('/sign-in')
})

test('without the old number it waits, says so at once in mail and SMS, and is done when the time has come', async () => {
  const old = await numberOf(yusuf.email)
  await asksWithout(yusuf)
  expect(await mails(portal, 'polder', yusuf.email, /Was u dit/)).toBe(1)
  expect(await linkIn(portal, 'polder', old, 'sms')).toMatch(/^\/recovery\/cancel\//)
  const [row] = await portal.sql<{ password: string; number: string }>(
    'select password, number from recovery_request where done_at is null',
  )
  expect(JSON.stringify(row)).not.toMatch(/argon2|12345699/)
  portal.forward('PT23H')
  await due()
  expect(await numberOf(yusuf.email)).toBe(old)
  portal.forward('PT1H1M')
  await Promise.all([due(), due(), due()])
  expect(await numberOf(yusuf.email)).toBe(`+31${mobile.slice(1)}`)
  expect(await mails(portal, 'polder', yusuf.email, /weer inloggen/)).toBe(1)
  expect(await opens(portal, 'polder', yusuf.name, fresh)).toBe(true)
  expect(
    await portal.sql('select from recovery_request where password is not null or number is not null'),
  ).toHaveLength(0)
})

test('the link in the notice stops it: looking does not, the address typed does, and what is stopped stays stopped', async () => {
  await portal.sql(`update phone set removed_at = now() where account_id = (select id from account where email = $1)`, [
    carla.email,
  ])
  await asksWithout(carla)
  const link = await linkIn(portal, 'polder', carla.email)
  const before = await traces(portal)
  for (const method of ['GET', 'HEAD']) expect((await ask(portal, 'polder', link, { method })).status).toBe(200)
  expect(await traces(portal)).toEqual(before)
  const owner = await forgetsNothing(link)
  await owner.fill({ email: 'iemand@anders.example' })
  await owner.press()
  expect(Object.keys(await owner.mistakes())).toEqual(['email'])
  await owner.fill({ email: carla.email })
  await owner.press()
  expect(await owner.at()).toBe('/recovery/stopped')
  portal.forward('PT25H')
  await due()
  const [row] = await portal.sql<{ done_at: string | null; cancelled_at: string | null; password: string | null }>(
    'select done_at, cancelled_at, password from recovery_request order by asked_at desc limit 1',
  )
  expect(row).toMatchObject({ done_at: null, password: null })
  expect(row!.cancelled_at).not.toBeNull()
  expect((await ask(portal, 'polder', link)).status).toBe(410)
})

async function forgetsNothing(link: string): Promise<HttpPerson> {
  const { httpPerson } = await import('../support/http.ts')
  const person = httpPerson(portal, 'polder')
  await person.go(link)
  return person
}

test('two different people release it at once; one pressing twice is refused, and so is who asked', async () => {
  await asksWithout(carla)
  const [request] = await portal.sql<{ id: string }>(
    'select id from recovery_request where done_at is null and cancelled_at is null and ended_at is null',
  )
  const release = `/staff/resets/${request!.id}/release`
  const staff = await staffMember(portal, 'polder', 'staff')
  await staff.go('/staff/people')
  await staff.follow('/staff/resets')
  expect(staff.page().text).not.toMatch(/12345699|argon2/)
  await staff.go(release)
  const form = staff.form(release)
  await staff.send(form)
  expect(await staff.at()).toBe('/staff/resets')
  expect(await staff.reads()).toContain('U heeft ja gezegd')
  await staff.send(form)
  expect([staff.status(), Object.values(await staff.mistakes()).join()]).toEqual([
    409,
    expect.stringContaining('iemand anders'),
  ])
  expect(await mails(portal, 'polder', carla.email, /goedgekeurd/)).toBe(1)
  const admin = await staffMember(portal, 'polder', 'admin')
  await admin.go(release)
  await admin.press()
  expect(await admin.reads()).toContain('Uitgevoerd')
  expect(await mails(portal, 'polder', carla.email, /weer inloggen/)).toBe(1)
  const lines = await portal.sql<{ outcome: string }>(
    `select outcome from audit_line where action = 'recovery.released' order by seq`,
  )
  expect(lines.map(({ outcome }) => outcome)).toEqual(['ok', 'refused', 'ok'])
})

test('a request is void once somebody chose a password or was blocked, and is wiped when nobody looks at it', async () => {
  const ended = () =>
    portal.sql('select from recovery_request where ended_at is not null and password is null and done_at is null')
  await asksWithout(yusuf, another)
  await portal.sql(`update account set blocked_at = now() where email = $1`, [yusuf.email])
  portal.forward('PT25H')
  await due()
  expect(await ended()).toHaveLength(1)
  await portal.sql(`update account set blocked_at = null where email = $1`, [yusuf.email])
  await asksWithout(yusuf, another)
  await portal.sql('update account set password_set_at = $1 where email = $2', [
    portal.services.clock.now().add({ minutes: 5 }).toString(),
    yusuf.email,
  ])
  portal.forward('PT25H')
  await due()
  expect(await ended()).toHaveLength(2)
  await asksWithout(yusuf, another)
  portal.forward('P15D')
  await sweepRecovery(at(portal, 'polder'))
  await sweepRecovery(at(portal, 'polder'))
  expect(await portal.sql('select from recovery_request where password is not null')).toHaveLength(0)
  expect(await portal.sql('select from run where link_id is not null')).toHaveLength(0)
  expect(await numberOf(yusuf.email)).not.toBe(`+31${another.slice(1)}`)
})

test('the address beside a mailed link may be guessed ten times; then the right one helps no more', async () => {
  const guesses = async (person: HttpPerson) => {
    for (let nth = 0; nth < 10; nth++) {
      await person.fill({ email: `iemand-${nth}@anders.example` })
      await person.press()
    }
    await person.fill({ email: carla.email })
    await person.press()
    return Object.keys(await person.mistakes())
  }
  await asksWithout(carla, another)
  expect(await guesses(await forgetsNothing(await linkIn(portal, 'polder', carla.email)))).toEqual(['email'])
  const person = await fillsIn(carla, another)
  await person.follow('main a[href$="/none"]')
  expect(await guesses(person)).toEqual(['email'])
})
