import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sweepPrompts } from '../../src/identity/factors/index.ts'
import { joins, offersJoin, withPhone } from '../support/prompt-device.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { enters, givesPassword, nobody, somebody, type Somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const firm = 'loonhuis'
let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** Somebody with a phone that approves, and a browser that gave their password and waits. */
async function asked(): Promise<{
  who: Somebody
  phone: HttpPerson
  laptop: HttpPerson
  person: HttpPerson
  number: string
}> {
  const who = await somebody(portal, firm, { backup: true })
  const { phone, laptop } = await withPhone(portal, who)
  const person = httpPerson(portal, firm)
  await givesPassword(person, who)
  expect(await person.at()).toBe('/sign-in/code')
  return { who, phone, laptop, person, number: await person.words('#code') }
}
/** The refusing button has no number, so it is the last one of the page. */
async function refuses(phone: HttpPerson): Promise<void> {
  await phone.go('/approve')
  const sending = phone.form('/approve')
  await phone.send({ ...sending, fields: [...sending.fields.filter(([name]) => name !== 'number'), ['number', '']] })
}
async function picks(phone: HttpPerson, number: string): Promise<void> {
  await phone.go('/approve')
  await phone.press(number)
}
const other = async (phone: HttpPerson, right: string) => {
  await phone.go('/approve')
  return (await phone.words('.choices')).match(/\d{2}/g)!.find((each) => each !== right)!
}
const mails = async (who: Somebody) =>
  (await portal.outbox(firm, who.email)).filter(({ subject }) => /inloggen als u/.test(subject))
const bare = (text: string) => text.replace(/value="[^"]*"/g, '')
const again = (person: HttpPerson) => person.press('/sign-in/code/again')

describe('a device is added', () => {
  test('by the link and the number beside it, once; elsewhere it is over, and a mail tells it', async () => {
    const who = await somebody(portal, firm)
    const [laptop, elsewhere, phone, late] = [
      await enters(who),
      await enters(who),
      httpPerson(portal, firm),
      httpPerson(portal, firm),
    ]
    const offer = await offersJoin(laptop)
    await phone.go(offer.link)
    expect(await phone.reads()).not.toMatch(new RegExp(`${who.name}|${who.email}`))
    await phone.fill({ number: '7' })
    await phone.press()
    expect(Object.keys(await phone.mistakes())).toEqual(['number'])
    await joins(phone, offer)
    expect(await phone.heading()).toBe('Er wacht niets')
    await late.go(offer.link)
    expect(late.status()).toBe(410)
    await elsewhere.go('/home')
    expect(await elsewhere.at()).toBe('/sign-in')
    await laptop.go('/profile/approvers/join')
    expect(await laptop.at()).toBe('/profile/approvers')
    expect((await laptop.ask('/profile/approvers/joined')).status).toBe(303)
    expect((await portal.outbox(firm, who.email))[0]?.subject).toBe(
      'Er is een apparaat toegevoegd dat inloggen goedkeurt',
    )
    expect(
      await portal.sql(`select digest from approver where account_id = $1 and (digest ~ '^[0-9a-f]{64}$')`, [who.id]),
    ).toHaveLength(1)
  })

  test('not after three wrong numbers, not after fifteen minutes, and not once the session that asked is over', async () => {
    const who = await somebody(portal, firm)
    const laptop = await enters(who)
    const wrong = await offersJoin(laptop)
    const phone = httpPerson(portal, firm)
    for (let time = 0; time < 3; time++) {
      await phone.go(wrong.link)
      await phone.fill({ number: wrong.number === '55' ? '56' : '55' })
      await phone.press()
    }
    expect(phone.status()).toBe(410)
    await phone.go(wrong.link)
    expect(phone.status()).toBe(410)
    const old = await offersJoin(laptop)
    const replaced = old.link
    const slow = await offersJoin(laptop)
    await phone.go(replaced)
    expect(phone.status()).toBe(410)
    portal.forward('PT16M')
    await phone.go(slow.link)
    expect(phone.status()).toBe(410)
    const last = await enters(who)
    const offer = await offersJoin(last)
    await last.press('/sign-out')
    await phone.go(offer.link)
    expect(phone.status()).toBe(410)
    expect(await portal.sql('select id from approver where account_id = $1', [who.id])).toEqual([])
  })
})

describe('a question', () => {
  test('with the right number lets the waiting browser in, and only when it presses', async () => {
    const { who, phone, person, number } = await asked()
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['code'])
    await picks(phone, number)
    expect(await phone.at()).toBe('/approve/approved')
    await person.press()
    expect(await person.at()).toBe('/home')
    expect(await mails(who)).toEqual([])
  })

  test('in a browser that approves for others too is answered for its own account, and holds no other', async () => {
    const before = await somebody(portal, firm, { backup: true })
    const { phone } = await withPhone(portal, before)
    const who = await somebody(portal, firm, { backup: true })
    await joins(phone, await offersJoin(await enters(who)))
    portal.forward('PT1M')
    const person = httpPerson(portal, firm)
    await givesPassword(person, who)
    // A transaction that held both would fail this file: see test/support/lock-order.ts.
    await picks(phone, await person.words('#code'))
    expect(await phone.at()).toBe('/approve/approved')
    await person.press()
    expect(await person.at()).toBe('/home')
  })

  test('waits without counting tries, and lasts two minutes', async () => {
    const { phone, person, number } = await asked()
    for (let time = 0; time < 8; time++) await person.press()
    expect(person.status()).toBe(422)
    portal.forward('PT2M')
    await phone.go('/approve')
    expect(await phone.heading()).toBe('Er wacht niets')
    await person.press()
    expect((await person.mistakes()).code).toContain('op tijd')
    await again(person)
    expect(await person.words('#code')).toMatch(/^\d\d$/)
    await picks(phone, await person.words('#code'))
    portal.forward('PT3M')
    await person.press()
    expect(await person.at(), `a yes is not kept (${number})`).toBe('/sign-in/code')
  })

  test('is refused by a wrong number and by saying so; told by mail once an hour; dead then', async () => {
    const { who, phone, person, number } = await asked()
    await picks(phone, await other(phone, number))
    expect(await phone.at()).toBe('/approve/refused')
    await person.press()
    expect((await person.mistakes()).code).toContain('tegengehouden')
    expect(await person.sees('#code')).toBe(false)
    expect(await mails(who)).toHaveLength(1)
    await again(person)
    await refuses(phone)
    expect(await phone.at()).toBe('/approve/refused')
    expect(await mails(who)).toHaveLength(1)
    portal.forward('PT61M')
    await givesPassword(person, who)
    await refuses(phone)
    expect(await mails(who)).toHaveLength(2)
    const lines = await portal.sql<{ action: string }>(
      `select action from audit_line where subject = $1 and outcome = 'refused'`,
      [who.id],
    )
    expect(lines.filter(({ action }) => action === 'approval.answered')).toHaveLength(3)
  })

  test('is asked three times in a quarter of an hour and ten times a day without a yes, and who ignores three is told', async () => {
    const { who, person } = await asked()
    await again(person)
    await again(person)
    await sweepPrompts(nobody(portal, firm))
    expect(await mails(who), 'the last still waits').toEqual([])
    await again(person)
    expect(person.status()).toBe(429)
    portal.forward('PT2M')
    await sweepPrompts(nobody(portal, firm))
    await sweepPrompts(nobody(portal, firm))
    expect(await mails(who)).toHaveLength(1)
    const fresh = httpPerson(portal, firm)
    await givesPassword(fresh, who)
    expect(await fresh.sees('#code')).toBe(false)
    expect(await fresh.reads()).toContain('Kies een andere manier')
    for (let quarter = 0; quarter < 2; quarter++) {
      portal.forward('PT16M')
      // Who waited so long begins with the password, and is asked at once.
      await givesPassword(person, who)
      for (let time = 0; time < 2; time++) await again(person)
      expect(person.status()).toBe(200)
    }
    portal.forward('PT16M')
    await givesPassword(person, who)
    expect(await person.sees('#code')).toBe(true)
    portal.forward('PT16M')
    await givesPassword(person, who)
    expect(await person.sees('#code')).toBe(false)
  })

  test('answered fifty times at once has one outcome, and its yes lets one in once', async () => {
    const { who, phone, person, number } = await asked()
    await phone.go('/approve')
    const [right, wrong] = [number, await other(phone, number)]
    const form = phone.form(right)
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, nth) => {
        const fields = form.fields.map(([name, value]): [string, string] =>
          name === 'number'
            ? [name, nth % 2 ? right : wrong]
            : name === 'nonce'
              ? [name, crypto.randomUUID()]
              : [name, value],
        )
        return phone.ask('/approve', {
          method: 'POST',
          body: new URLSearchParams(fields).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        })
      }),
    )
    expect(outcomes.every(({ status }) => status === 303)).toBe(true)
    expect(new Set(outcomes.map(({ headers }) => headers.location)).size).toBe(1)
    expect(
      await portal.sql(`select seq from audit_line where subject = $1 and action = 'approval.answered'`, [who.id]),
    ).toHaveLength(1)
    if (outcomes[0]!.headers.location === '/approve/refused')
      await again(person).then(async () => picks(phone, await person.words('#code')))
    const sending = person.form('/sign-in/code')
    const twin = httpPerson(portal, firm)
    for (const [name, value] of person.cookies) twin.cookies.set(name, value)
    await Promise.all([person.send(sending), twin.send(sending)])
    expect(
      await portal.sql(`select id from approval where account_id = $1 and used_at is not null`, [who.id]),
    ).toHaveLength(1)
    expect(
      await portal.sql(
        `select seq from audit_line where subject = $1 and action = 'signIn.secondStep' and outcome = 'ok' and detail->>'factor' = 'devicePrompt'`,
        [who.id],
      ),
    ).toHaveLength(1)
  })

  test('serves who asked, for what was asked, and nobody and nothing else', async () => {
    const { who, phone, person, number, laptop } = await asked()
    const thief = httpPerson(portal, firm)
    await givesPassword(thief, who)
    const theirs = await thief.words('#code')
    expect(
      await portal.sql('select id from approval where account_id = $1 and answered_at is null and expires_at > $2', [
        who.id,
        portal.services.clock.now().toString(),
      ]),
      'the newest only',
    ).toHaveLength(1)
    await picks(phone, theirs)
    await person.press()
    expect(await person.at(), `${number}: not theirs`).toBe('/sign-in/code')
    portal.forward('PT6M')
    await laptop.go('/profile/password')
    await laptop.press('/step-up/send')
    await picks(phone, await laptop.words('#code'))
    await person.press()
    expect(await person.at()).toBe('/sign-in/code')
    await laptop.press()
    expect(await laptop.at()).toBe('/profile/password')
  })
})

describe('a device', () => {
  test('that was removed is as unknown as any other, and the yes it just gave is worth nothing', async () => {
    const { who, phone, person, laptop, number } = await asked()
    await picks(phone, number)
    const [device] = await portal.sql<{ id: string }>('select id from approver where account_id = $1', [who.id])
    await laptop.go(`/profile/approvers/${device!.id}/remove`)
    await laptop.press()
    expect(await laptop.mistakes()).toEqual({})
    await person.press()
    expect(await person.at()).not.toBe('/home')
    const stranger = httpPerson(portal, firm)
    const [gone, unknown] = [await phone.ask('/approve'), await stranger.ask('/approve')]
    expect([gone.status, bare(gone.text)]).toEqual([unknown.status, bare(unknown.text)])
    const id = crypto.randomUUID()
    await phone.go('/sign-in/help')
    const token = /name="_csrf" value="([^"]+)"/.exec((await phone.ask('/sign-in/help')).text)![1]!
    const answer = await phone.ask('/approve', {
      method: 'POST',
      body: new URLSearchParams({ _csrf: token, id, number }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    })
    expect([answer.status, answer.headers.location]).toEqual([303, '/approve'])
  })

  test('of somebody else, or unused for half a year, answers nothing', async () => {
    const first = await asked()
    const second = await asked()
    await second.phone.go('/approve')
    const form = second.phone.form(second.number)
    const [question] = await portal.sql<{ id: string; number: number }>(
      'select id, number from approval where account_id = $1 order by asked_at desc limit 1',
      [first.who.id],
    )
    await second.phone.send({
      ...form,
      fields: form.fields.map(([name, value]): [string, string] =>
        name === 'id' ? [name, question!.id] : name === 'number' ? [name, String(question!.number)] : [name, value],
      ),
    })
    expect(await second.phone.at()).toBe('/approve/late')
    await first.person.press()
    expect(await first.person.at()).toBe('/sign-in/code')
    portal.forward('P181D')
    await first.phone.go('/approve')
    expect(await first.phone.heading()).toBe('Op dit apparaat keurt u niets goed')
  })
})
