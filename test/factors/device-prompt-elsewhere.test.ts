import { afterAll, beforeAll, expect, test } from 'vitest'
import { withPhone } from '../support/prompt-device.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { givesPassword, somebody, type Somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const firm = 'loonhuis'
let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const post = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
/** Answers with what a page would never offer: the newest question of this person, and its right number. */
async function forges(device: HttpPerson, who: Somebody) {
  const [question] = await portal.sql<{ id: string; number: number }>(
    'select id, number from approval where account_id = $1 order by asked_at desc limit 1',
    [who.id],
  )
  const token = /name="_csrf" value="([^"]+)"/.exec((await device.ask('/sign-in/help')).text)![1]!
  return (
    await device.ask('/approve', {
      method: 'POST',
      headers: post,
      body: new URLSearchParams({ _csrf: token, id: question!.id, number: String(question!.number) }).toString(),
    })
  ).headers.location
}
async function picks(phone: HttpPerson, number: string): Promise<void> {
  await phone.go('/approve')
  await phone.press(number)
  expect(await phone.at()).toBe('/approve/approved')
}
async function resetLink(who: Somebody): Promise<string> {
  const asking = httpPerson(portal, firm)
  await asking.go('/recovery')
  await asking.fill({ identifier: who.identifier })
  await asking.press()
  const mail = (await portal.outbox(firm, who.email)).find(({ text }) => text.includes('/recovery/'))
  return /https?:\/\/\S+\/recovery\/[\w-]+/.exec(mail?.text ?? '')![0]
}

test('a device never approves what is asked in its own browser, by no way round', async () => {
  const who = await somebody(portal, firm, { backup: true })
  const { laptop, phone } = await withPhone(portal, who)
  await givesPassword(phone, who)
  expect(await phone.sees('#code[data-waits]'), 'the only device asks: another way').toBe(false)
  expect(await phone.reads()).toContain('sms')
  await phone.go('/sign-in/other')
  expect(await phone.sees('[name=way][value=devicePrompt]')).toBe(false)

  await laptop.go('/profile/approvers')
  await laptop.press('/profile/approvers/here')
  expect(await laptop.mistakes()).toEqual({})
  await laptop.press('/sign-out')
  await givesPassword(laptop, who)
  const number = await laptop.words('#code')
  const waiting = new Map(laptop.cookies)
  await laptop.go('/approve')
  expect(await laptop.heading(), 'its own question').toBe('Er wacht niets')
  expect(await forges(laptop, who)).toBe('/approve/late')
  const without = httpPerson(portal, firm)
  without.cookies.set('approver', waiting.get('approver')!)
  expect(await forges(without, who), 'the same device with another session').toBe('/approve/late')
  await laptop.go('/sign-in/code')
  await laptop.press()
  expect(await laptop.at()).toBe('/sign-in/code')
  await picks(phone, number)
  await laptop.press()
  expect(await laptop.at()).toBe('/home')
})

test('who has nothing but this device is never let in with less', async () => {
  const who = await somebody(portal, firm)
  const { phone, laptop } = await withPhone(portal, who)
  await portal.sql('delete from phone where account_id = $1', [who.id])
  await givesPassword(phone, who)
  expect(await phone.at()).toBe('/sign-in/code')
  expect(await phone.reads()).toContain('geen ander apparaat')
  expect(await phone.sees('#code')).toBe(false)
  await phone.go('/home')
  expect(await phone.at()).toBe('/sign-in/code')
  // Signed in before, on the device itself: showing who one is takes more than the password.
  for (const [name, value] of phone.cookies) if (name === 'approver') laptop.cookies.set(name, value)
  portal.forward('PT6M')
  await laptop.go('/profile/password')
  expect(await laptop.at()).toBe('/step-up')
  expect(await laptop.sees('[name=password]')).toBe(false)
  expect(await laptop.reads()).toContain('geen ander apparaat')
  await laptop.go('/profile/approvers')
  expect(await laptop.reads()).toContain('Nog niet gebruikt')
})

test('a step-up asks by a press, not by opening the page, and goes on where somebody was', async () => {
  const who = await somebody(portal, firm, { backup: true })
  const { laptop, phone } = await withPhone(portal, who)
  portal.forward('PT6M')
  await laptop.go('/profile/email')
  expect(await laptop.at()).toBe('/step-up')
  expect(await portal.sql('select id from approval where account_id = $1', [who.id])).toEqual([])
  await laptop.press('/step-up/send')
  await laptop.press()
  expect((await laptop.mistakes()).code).toContain('nog niets goedgekeurd')
  await picks(phone, await laptop.words('#code'))
  await laptop.press()
  expect(await laptop.at()).toBe('/profile/email')
  expect(
    await portal.sql(`select seq from audit_line where subject = $1 and action = 'stepUp' and outcome = 'refused'`, [
      who.id,
    ]),
    'waiting is no failure',
  ).toEqual([])
})

test('a way back by mail asks the device, and a yes for one link is worth nothing on another or in another browser', async () => {
  const who = await somebody(portal, firm)
  const { phone } = await withPhone(portal, who)
  const [person, other] = [httpPerson(portal, firm), httpPerson(portal, firm)]
  const link = await resetLink(who)
  await other.go(link)
  await other.press('send')
  await person.go(link)
  expect(await person.sees('#code')).toBe(false)
  await person.press('send')
  const number = await person.words('#code')
  await phone.go('/approve')
  expect(await phone.reads()).toContain('een nieuw wachtwoord kiezen')
  await phone.press(number)
  await other.press()
  expect(await other.sees('[name=password]')).toBe(false)
  await person.press()
  expect(await person.sees('[name=password]')).toBe(true)
  await person.fill({ password: 'Vijf#groene fietsen bij het hek', repeat: 'Vijf#groene fietsen bij het hek' })
  await person.press()
  expect(await person.at()).toBe('/sign-in')
})

test('in one browser too a yes serves one purpose, once, and only of a device that still is one', async () => {
  const who = await somebody(portal, firm, { backup: true })
  const { laptop, phone } = await withPhone(portal, who)
  await laptop.go(await resetLink(who))
  const action = await laptop.at()
  await laptop.press('send')
  const gives = async () => {
    await laptop.go(action)
    const token = laptop.page().querySelector('main [name=_csrf]')?.getAttribute('value') ?? ''
    await laptop.send({
      action,
      method: 'post',
      fields: [
        ['_csrf', token],
        ['at', 'code'],
        ['code', ''],
      ],
    })
    return laptop.sees('[name=password]')
  }
  portal.forward('PT6M')
  await laptop.go('/profile/password')
  await laptop.press('/step-up/send')
  await picks(phone, await laptop.words('#code'))
  expect(await gives(), 'it was for a step-up').toBe(false)
  await laptop.press('send')
  await picks(phone, await laptop.words('#code'))
  // They have another one, so that approving as such is still a way.
  await portal.sql(
    `insert into approver (tenant_id, id, account_id, name, digest, created_at) select tenant_id, gen_random_uuid(), account_id, 'Tablet', 'nobody knows', created_at from approver where account_id = $1`,
    [who.id],
  )
  await portal.sql(`update approver set removed_at = $2 where account_id = $1 and name <> 'Tablet'`, [
    who.id,
    portal.services.clock.now().toString(),
  ])
  expect(await gives(), 'the device was taken away').toBe(false)
  await portal.sql('update approver set removed_at = null where account_id = $1', [who.id])
  expect(await gives()).toBe(true)
  await portal.sql(
    `delete from step_mark m using run r where r.id = m.run_id and r.account_id = $1 and m.step = 'code'`,
    [who.id],
  )
  expect(await gives(), 'it was used').toBe(false)
})

test('a page that looks by itself keeps nobody signed in, and tells only its own browser', async () => {
  const who = await somebody(portal, firm, { backup: true })
  const { phone } = await withPhone(portal, who)
  const person = httpPerson(portal, firm)
  await givesPassword(person, who)
  const looks = async (browser: HttpPerson) =>
    (await browser.ask('/approve/waiting', { headers: { 'hx-request': 'true', 'hx-background': 'true' } })).text
  const seen = async () =>
    (
      await portal.sql<{ at: string }>(
        'select last_seen_at as at from portal_session where account_id = $1 order by started_at desc limit 1',
        [who.id],
      )
    )[0]!.at
  const before = await seen()
  portal.forward('PT90S')
  expect(await looks(person)).toContain('hx-get')
  expect(await seen()).toEqual(before)
  expect(await looks(httpPerson(portal, firm))).toContain('data-go-on')
  await phone.go('/approve')
  expect((await phone.ask('/approve/look', { headers: { 'hx-request': 'true' } })).headers['hx-redirect']).toBe(
    '/approve',
  )
  await phone.press(await person.words('#code'))
  expect(await looks(person)).toContain('data-go-on')
  expect((await phone.ask('/approve/look', { headers: { 'hx-request': 'true' } })).status).toBe(200)
  expect(
    await portal.sql('select id from approval where account_id = $1 and used_at is not null', [who.id]),
    'looking uses nothing',
  ).toEqual([])
})
