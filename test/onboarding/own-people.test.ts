import { afterAll, beforeAll, expect, test } from 'vitest'
import { invite } from '../../src/modules/activation/index.ts'
import { choicesFor, flowsFor } from '../../src/tenancy/own-people.ts'
import { Client } from '../support/client.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { codeTo, scan } from '../support/phone.ts'
import { enters, givesPassword, nobody, somebody, type Somebody } from '../support/somebody.ts'
import { signsIn } from '../support/staff.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { everything } from '../support/steps.ts'
import { rowIn } from '../support/rows.ts'

const firms = ['kring', 'loonhuis', 'vandam', 'polder', 'linde']
let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const policy = (slug: string) => portal.tenant(slug).policy
const has = async (id: string) =>
  (
    await portal.sql<{ app: boolean }>(
      'select exists (select from authenticator where account_id = $1 and removed_at is null) as app',
      [id],
    )
  )[0]!.app

/** Gives the mailed code, where the firm asks one. */
async function passesMail(person: HttpPerson, who: Pick<Somebody, 'slug' | 'email'>): Promise<void> {
  if ((await person.at()) !== '/sign-in/code') return
  await person.fill({ code: await codeTo(portal, who.slug, who.email, 'mail') })
  await person.press()
}

test.each(firms)('at %s: an app among the ways, no mailed code, no "later", whatever the firm chose', (slug) => {
  const own = choicesFor(everything, policy(slug), true)
  const { activation } = flowsFor(everything, policy(slug), true)
  expect(own.secondFactor).toMatchObject({ when: 'always' })
  expect(own.secondFactor.of).toContain('authenticator')
  expect(own.secondFactor.of).not.toContain('mail')
  expect(activation.some((step) => step.step === 'authenticator')).toBe(true)
  expect(activation.at(-1)?.step).toBe('done')
  expect(new Set(activation.map(({ id }) => id)).size).toBe(activation.length)
  expect(choicesFor(everything, policy(slug), false)).toBe(policy(slug))
})

test.each(firms)(
  'at %s staff and administrator sign in with password and app, as the development pages say',
  async (slug) => {
    for (const kind of ['staff', 'admin'] as const) {
      const person = httpPerson(portal, slug)
      await signsIn(portal, slug, person, kind)
      expect(await person.at(), kind).toBe('/home')
      await person.go('/profile/apps')
      expect(await person.heading(), 'the app is offered').not.toMatch(/niet gevonden/i)
    }
  },
)

test.each(firms)(
  'at %s who has none is asked at the next sign-in, without "later", and nothing else opens',
  async (slug) => {
    const who = await somebody(portal, slug, { kind: 'staff', state: 'existing' })
    await portal.sql('update account set activated_at = created_at where id = $1', [who.id])
    await portal.sql(
      `insert into run (tenant_id, id, account_id, track, policy_version, started_at, finished_at) select tenant_id, gen_random_uuid(), id, 'activation', 1, created_at, created_at from account where id = $1`,
      [who.id],
    )
    const person = httpPerson(portal, slug)
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
    const app = await scan(portal, person)
    await person.fill({ code: app.code() })
    await person.press()
    expect(await person.mistakes()).toEqual({})
    expect(await has(who.id)).toBe(true)
    const client = new Client(portal, slug, who.email)
    while ((await person.at()) !== '/home') await client.answer(person)
    await person.go('/staff/people')
    expect(await person.at()).toBe('/staff/people')
    portal.forward('PT2M')
    const again = httpPerson(portal, slug)
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
    const context = nobody(portal, slug)
    const client = new Client(portal, slug, email)
    const [day, month, year] = client.birthDate
    expect(
      await invite(
        context,
        {
          name: client.name,
          email,
          username: '',
          role: context.policy.roles[0]?.name ?? '',
          organisation: '',
          language: 'nl',
          'birthDate-day': day,
          'birthDate-month': month,
          'birthDate-year': year,
        },
        { kind: 'admin' },
      ),
    ).toMatchObject({ ok: true })
    const { id, username } = (await rowIn<{ id: string; username: string }>(
      context,
      'select id, username from account where email = ?',
      [email],
    ))!
    Object.assign(client, { username, hasOwn: false })
    const person = httpPerson(portal, slug)
    await person.go(await client.link())
    const met: string[] = []
    while ((await client.page(person)) !== 'home') {
      const page = await client.page(person)
      if (page === 'password' && !client.hasOwn && client.temporary) await choosesOwn(person, client)
      else await client.answer(person)
      if (page === 'password' || page === 'together') client.hasOwn = true
      if (page === 'authenticator') portal.forward('PT1M')
      met.push(page)
      expect(met.length, met.join(', ')).toBeLessThan(25)
    }
    expect(met).toContain('authenticator')
    expect(await has(id)).toBe(true)
  },
)

test.each(firms)('at %s an open session of staff without a second step is nobody at its next request', async (slug) => {
  const who = await somebody(portal, slug, { kind: 'staff' })
  const person = await enters(who)
  expect(await person.at()).toBe('/home')
  await portal.sql('update authenticator set removed_at = now() where account_id = $1', [who.id])
  await person.go('/staff/people')
  expect(await person.at()).toBe('/sign-in')
})

test.each(['vandam', 'linde', 'polder'])(
  'at %s a mailed link alone lets none of them back in, and no wait does',
  async (slug) => {
    const who = await somebody(portal, slug, { kind: 'staff' })
    await portal.sql('update authenticator set removed_at = now() where account_id = $1', [who.id])
    const person = httpPerson(portal, slug)
    await person.go('/recovery')
    await person.fill({ identifier: who.identifier })
    await person.press()
    const link = /\/recovery\/[\w-]{20,}/.exec((await portal.outbox(slug, who.email))[0]!.text)![0]
    await person.go(link)
    expect(await person.sees('main [name=password]')).toBe(false)
    await person.follow(`${link}/none`)
    await person.fill({ email: who.email })
    await person.press()
    expect(await person.reads()).not.toContain('24 uur')
    const [asked] = await portal.sql<{ due_at: string | null }>(
      'select due_at from recovery_request where account_id = $1',
      [who.id],
    )
    expect(asked).toEqual({ due_at: null })
  },
)

test('they cannot take their last second step away, where clients can', async () => {
  const who = await somebody(portal, 'vandam', { kind: 'admin' })
  const person = await enters(who)
  const [app] = await portal.sql<{ id: string }>('select id from authenticator where account_id = $1', [who.id])
  await person.go(`/profile/apps/${app!.id}/remove`)
  expect(await person.at()).toBe(`/profile/apps/${app!.id}/remove`)
  expect(await person.sees('main form button')).toBe(false)
})
