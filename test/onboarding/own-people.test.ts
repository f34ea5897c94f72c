import { afterAll, beforeAll, expect, test } from 'vitest'
import { invite } from '../../src/rooms/activation/index.ts'
import { choicesFor } from '../../src/tenancy/own-people.ts'
import { Client } from '../people/client.ts'
import { httpPerson, type HttpPerson } from '../people/http.ts'
import { codeTo, scan } from '../people/phone.ts'
import { enters, givesPassword, nobody, somebody, type Somebody } from '../people/somebody.ts'
import { signsIn } from '../people/staff.ts'
import { openTestHouse, type TestHouse } from '../setup/house.ts'

const firms = ['kring', 'loonhuis', 'vandam', 'polder', 'linde']
let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

const policy = (slug: string) => house.house.tenants.bySlug(slug)!.policy
const has = async (id: string) =>
  (
    await house.sql<{ app: boolean }>(
      'select exists (select from authenticator where account_id = $1 and removed_at is null) as app',
      [id],
    )
  )[0]!.app

/** Gives the mailed code, where the firm asks one. */
async function passesMail(person: HttpPerson, who: Pick<Somebody, 'slug' | 'email'>): Promise<void> {
  if ((await person.at()) !== '/sign-in/code') return
  await person.fill({ code: await codeTo(house, who.slug, who.email, 'mail') })
  await person.press()
}

test.each(firms)('at %s: an app among the ways, no mailed code, no "later", whatever the firm chose', (slug) => {
  const own = choicesFor(policy(slug), true)
  expect(own.secondFactor).toMatchObject({ when: 'always' })
  expect(own.secondFactor.of).toContain('authenticator')
  expect(own.secondFactor.of).not.toContain('mail')
  expect(own.onboarding.activation.some((step) => step.step === 'authenticator')).toBe(true)
  expect(own.onboarding.activation.at(-1)?.step).toBe('done')
  expect(new Set(own.onboarding.activation.map(({ id }) => id)).size).toBe(own.onboarding.activation.length)
  expect(choicesFor(policy(slug), false)).toBe(policy(slug))
})

test.each(firms)(
  'at %s staff and administrator sign in with password and app, as the development pages say',
  async (slug) => {
    for (const kind of ['staff', 'admin'] as const) {
      const person = httpPerson(house, slug)
      await signsIn(house, slug, person, kind)
      expect(await person.at(), kind).toBe('/home')
      await person.go('/profile/apps')
      expect(await person.heading(), 'the app is offered').not.toMatch(/niet gevonden/i)
    }
  },
)

test.each(firms)(
  'at %s who has none is asked at the next sign-in, without "later", and nothing else opens',
  async (slug) => {
    const who = await somebody(house, slug, { kind: 'staff', state: 'existing' })
    await house.sql('update account set activated_at = created_at where id = $1', [who.id])
    await house.sql(
      `insert into run (tenant_id, id, account_id, track, policy_version, started_at, finished_at) select tenant_id, gen_random_uuid(), id, 'activation', 1, created_at, created_at from account where id = $1`,
      [who.id],
    )
    const person = httpPerson(house, slug)
    await givesPassword(person, who)
    await passesMail(person, who)
    expect(await person.at()).toBe('/onboarding/stricter')
    expect(await person.sees('main [value=later]')).toBe(false)
    for (const at of ['/home', '/staff/people', '/profile/apps/new', '/onboarding/done']) {
      await person.go(at)
      expect(await person.at(), at).toBe('/onboarding/stricter')
    }
    await person.press()
    if (await person.sees('main [name=factor]')) {
      expect(await person.sees('main [value=mail]')).toBe(false)
      await person.fill({ factor: 'authenticator' })
      await person.press()
    }
    const app = await scan(house, person)
    await person.fill({ code: app.code() })
    await person.press()
    expect(await person.mistakes()).toEqual({})
    expect(await has(who.id)).toBe(true)
    const client = new Client(house, slug, who.email)
    while ((await person.at()) !== '/home') await client.answer(person)
    await person.go('/staff/people')
    expect(await person.at()).toBe('/staff/people')
    house.forward('PT2M')
    const again = httpPerson(house, slug)
    await givesPassword(again, who)
    expect([await again.at(), await again.sees('main [name=code]')]).toEqual(['/sign-in/code', true])
    expect((await again.ask('/sign-in/other')).text).not.toContain('value="mail"')
  },
)

async function choosesOwn(person: HttpPerson, client: Client): Promise<void> {
  await person.fill({ current: client.temporary!, password: client.password, repeat: client.password })
  await person.press()
  expect(await person.mistakes()).toEqual({})
}

test.each(['vandam', 'linde', 'polder'])(
  'at %s the activation of an administrator sets up a second step before its end',
  async (slug) => {
    const email = `beheer-${slug}@proef.example`
    const visit = nobody(house, slug)
    const client = new Client(house, slug, email)
    const [day, month, year] = client.birthDate
    expect(
      await invite(
        visit,
        {
          name: client.name,
          email,
          username: '',
          role: visit.policy.roles[0]?.name ?? '',
          organisation: '',
          language: 'nl',
          'birthDate-day': day,
          'birthDate-month': month,
          'birthDate-year': year,
        },
        { kind: 'admin' },
      ),
    ).toMatchObject({ ok: true })
    const { id, username } = (await visit.one<{ id: string; username: string }>(
      'select id, username from account where email = ?',
      [email],
    ))!
    Object.assign(client, { username, hasOwn: false })
    const person = httpPerson(house, slug)
    await person.go(await client.link())
    const met: string[] = []
    while ((await client.page(person)) !== 'home') {
      const page = await client.page(person)
      if (page === 'password' && !client.hasOwn && client.temporary) await choosesOwn(person, client)
      else await client.answer(person)
      if (page === 'password' || page === 'together') client.hasOwn = true
      if (page === 'authenticator') house.forward('PT1M')
      met.push(page)
      expect(met.length, met.join(', ')).toBeLessThan(25)
    }
    expect(met).toContain('authenticator')
    expect(await has(id)).toBe(true)
  },
)

test.each(firms)('at %s an open session of staff without a second step is nobody at its next request', async (slug) => {
  const who = await somebody(house, slug, { kind: 'staff' })
  const person = await enters(who)
  expect(await person.at()).toBe('/home')
  await house.sql('update authenticator set removed_at = now() where account_id = $1', [who.id])
  await person.go('/staff/people')
  expect(await person.at()).toBe('/sign-in')
})

test.each(['vandam', 'linde', 'polder'])(
  'at %s a mailed link alone lets none of them back in, and no wait does',
  async (slug) => {
    const who = await somebody(house, slug, { kind: 'staff' })
    await house.sql('update authenticator set removed_at = now() where account_id = $1', [who.id])
    const person = httpPerson(house, slug)
    await person.go('/recovery')
    await person.fill({ identifier: who.identifier })
    await person.press()
    const link = /\/recovery\/[\w-]{20,}/.exec((await house.outbox(slug, who.email))[0]!.text)![0]
    await person.go(link)
    expect(await person.sees('main [name=password]')).toBe(false)
    await person.follow(`${link}/none`)
    await person.fill({ email: who.email })
    await person.press()
    expect(await person.reads()).not.toContain('24 uur')
    const [asked] = await house.sql<{ due_at: string | null }>(
      'select due_at from recovery_request where account_id = $1',
      [who.id],
    )
    expect(asked).toEqual({ due_at: null })
  },
)

test('they cannot take their last second step away, where clients can', async () => {
  const who = await somebody(house, 'vandam', { kind: 'admin' })
  const person = await enters(who)
  const [app] = await house.sql<{ id: string }>('select id from authenticator where account_id = $1', [who.id])
  await person.go(`/profile/apps/${app!.id}/remove`)
  expect(await person.at()).toBe(`/profile/apps/${app!.id}/remove`)
  expect(await person.sees('main form button')).toBe(false)
})
