import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { httpPerson, type HttpPerson, type Response, type Sending } from '../support/http.ts'
import { codeTo } from '../support/phone.ts'
import { atLink } from '../support/somebody.ts'
import { signsIn } from '../support/staff.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** The very same form, this many times at the same moment, each as the browser it was shown in sends it. */
const atOnce = (person: HttpPerson, sending: Sending, times: number): Promise<Response[]> =>
  Promise.all(
    Array.from({ length: times }, () =>
      person.ask(sending.action, {
        method: 'POST',
        body: new URLSearchParams(sending.fields).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          cookie: cookieOf(person),
        },
      }),
    ),
  )
const cookieOf = (person: HttpPerson) => [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
/** 503 is an honest "busy, try again", after which nothing happened: hashes and connections are bounded on purpose. */
const statuses = (responses: Response[]) =>
  [...new Set(responses.map(({ status }) => status))].filter((status) => status !== 503).sort()
const count = async (sql: string, email: string) =>
  Number(
    (
      await portal.sql<{ n: string }>(
        `select count(*) as n from ${sql} x join account a on a.id = x.account_id where a.email = $1`,
        [email],
      )
    )[0]?.n,
  )

test('one link, fifty at once: one password, one run, one notice, and nobody is sent astray', async () => {
  const { client, person } = await atLink(portal, 'kring')
  await person.fill({ password: client.password, repeat: client.password })
  const answers = await atOnce(person, person.form(), 50)
  expect(statuses(answers)).toEqual([303])
  expect(answers.filter(({ status }) => status === 303).length).toBeGreaterThan(0)
  expect(
    new Set(
      answers
        .filter(({ status }) => status === 303)
        .map(({ headers }) => String(headers.location).replace('/onboarding/intro', '/onboarding')),
    ),
  ).toEqual(new Set(['/onboarding']))
  expect(
    await portal.sql(
      `select from audit_line l join account a on a.id = l.subject where a.email = $1 and action = 'password.chosen'`,
      [client.email],
    ),
  ).toHaveLength(1)
  expect(await count('run', client.email)).toBe(1)
  expect((await portal.outbox('kring', client.email)).map(({ subject }) => subject)).toHaveLength(2)
})

test('one SMS code, fifty at once: one phone, one notice', async () => {
  const { client, person } = await atLink(portal, 'vandam')
  await client.until(person, 'phoneCode')
  await person.fill({ code: await codeTo(portal, 'vandam', client.number) })
  const answers = await atOnce(person, person.form(), 50)
  expect(statuses(answers)).toEqual([303])
  expect(await count('phone', client.email)).toBe(1)
  expect(
    (await portal.outbox('vandam', client.email)).filter(({ subject }) => /mobiele|telefoon|nummer/i.test(subject)),
  ).toHaveLength(1)
})

test('one sign-in code, fifty at once in fifty browsers of which one has the session: one way in', async () => {
  const { client, person } = await atLink(portal, 'kring')
  await client.until(person, 'home')
  await person.press('/sign-out')
  portal.forward('PT2M')
  await client.until(person, 'signInCode')
  const code = client.app!.code()
  await person.fill({ code })
  const answers = await atOnce(person, person.form(), 50)
  expect(statuses(answers).filter((status) => ![303, 429].includes(status))).toEqual([])
  expect(
    new Set(answers.filter(({ status }) => status === 303).map(({ headers }) => headers.location)).size,
  ).toBeLessThanOrEqual(2)
  const raised = answers.filter(({ headers }) => headers['set-cookie'])
  expect(raised, 'only one answer hands out the new session').toHaveLength(1)
  // The same code, one moment later, in another browser.
  const thief = httpPerson(portal, 'kring')
  await thief.go('/sign-in')
  await client.until(thief, 'signInCode')
  await thief.fill({ code })
  await thief.press()
  expect(Object.keys(await thief.mistakes())).toEqual(['code'])
})

test('one backup code in two browsers at once lets one of them in', async () => {
  const { client, person } = await atLink(portal, 'kring')
  await client.until(person, 'home')
  portal.forward('PT2M')
  const both = await Promise.all(
    [0, 1].map(async () => {
      const browser = httpPerson(portal, 'kring')
      await browser.go('/sign-in')
      await client.until(browser, 'signInCode')
      await browser.follow('/sign-in/other')
      await browser.fill({ way: 'backupCode' })
      await browser.press()
      await browser.fill({ code: client.backupCode! })
      return browser
    }),
  )
  await Promise.all(both.map((browser) => browser.press()))
  const pages = await Promise.all(both.map((browser) => client.page(browser)))
  expect(pages.sort()).toEqual(['backupCode', 'signInCode'])
})

test('an invitation sent ten times at once is one account and one mail', async () => {
  const staff = httpPerson(portal, 'kring')
  await signsIn(portal, 'kring', staff)
  await staff.go('/staff/people/new')
  await staff.fill({ name: 'Tien Keer', email: 'tien@proef.example' })
  await staff.press()
  const answers = await atOnce(staff, staff.form(), 10)
  expect(statuses(answers)).toEqual([303])
  expect(await portal.outbox('kring', 'tien@proef.example')).toHaveLength(1)
})

test('a wrong code sent many times at once is not tried more often than the policy says', async () => {
  const { client, person } = await atLink(portal, 'vandam')
  await client.until(person, 'phoneCode')
  const right = await codeTo(portal, 'vandam', client.number)
  await person.fill({ code: right === '111111' ? '222222' : '111111' })
  await atOnce(person, person.form(), 30)
  const [row] = await portal.sql<{ tries: number; tries_allowed: number }>(
    `select tries, tries_allowed from one_time o join account a on a.id = o.account_id where a.email = $1 and purpose = 'phoneCode' order by o.created_at desc limit 1`,
    [client.email],
  )
  expect(row!.tries).toBe(row!.tries_allowed)
  await person.go('/onboarding/phone')
  await person.fill({ code: right })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['code'])
})
