import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeTo } from '../support/phone.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { signsIn } from '../support/staff.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { ask, at, chooses, forgets, fresh, known, linkIn, mails, opens, traces } from './way-back.ts'
import { rowIn, rowsIn } from '../support/rows.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

const marijke = 'marijke@beoordelaar.example'
const phoneOf = async (email: string) => {
  const [row] = await portal.sql<{ id: string; number: string }>(
    'select p.id, p.number from phone p join account a on a.id = p.account_id where a.email = $1 and p.removed_at is null',
    [email],
  )
  return row!.id
}
const numberOf = async (slug: string, email: string) => {
  const context = at(portal, slug)
  const row = await rowIn<{ id: string; number: string }>(context, 'select id, number from phone where id = ?', [
    await phoneOf(email),
  ])
  return context.tenant.vault.open(context.associatedData('phone', 'number', row!.id), row!.number)
}
/** Opens the link and gives the code by SMS. */
async function proves(person: HttpPerson, slug: string, email: string): Promise<void> {
  await person.go(await linkIn(portal, slug, email))
  await person.press('send')
  await person.fill({ code: await codeTo(portal, slug, await numberOf(slug, email)) })
  await person.press()
  expect(await person.mistakes()).toEqual({})
  expect(await person.sees('main [name=password]')).toBe(true)
}

test('mail, code, new password: signed in nowhere, signed out everywhere, and the link is spent', async () => {
  const person = await forgets(portal, 'kring', ' Marijke@Beoordelaar.example ')
  const link = await linkIn(portal, 'kring', marijke)
  const elsewhere = httpPerson(portal, 'kring')
  await signsIn(portal, 'kring', elsewhere, 'client')
  await person.go(link)
  await person.press('send')
  await person.fill({ code: await codeTo(portal, 'kring', await numberOf('kring', marijke)) })
  await person.press()
  await person.fill({ password: 'kort', repeat: 'kort' })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['password'])
  expect((await elsewhere.ask('/home')).status).toBe(200)
  await chooses(person)
  expect(await person.at()).toBe('/sign-in')
  expect(person.page().text).toContain('opgeslagen')
  expect((await person.ask('/home')).headers.location).toBe('/sign-in')
  expect((await elsewhere.ask('/home')).headers.location).toBe('/sign-in')
  expect((await person.ask(link)).status).toBe(410)
  expect(await mails(portal, 'kring', marijke, /wachtwoord is ingesteld/)).toBe(1)
  expect(await opens(portal, 'kring', marijke, known)).toBe(false)
  expect(await opens(portal, 'kring', marijke, fresh)).toBe(true)
})

test('looking at a link, however and how often, changes nothing', async () => {
  const person = await forgets(portal, 'kring', 'thomas@beoordelaar.example')
  const link = await linkIn(portal, 'kring', 'thomas@beoordelaar.example')
  const before = await traces(portal)
  for (const method of ['GET', 'HEAD', 'GET'])
    for (const tail of ['', '/other', '/none'])
      expect((await ask(portal, 'kring', link + tail, { method })).status).toBeLessThan(400)
  await person.go(link)
  expect(await traces(portal)).toEqual(before)
})

test('what one browser has shown counts in that browser only', async () => {
  const email = 'thomas@beoordelaar.example'
  const person = await forgets(portal, 'kring', email)
  await proves(person, 'kring', email)
  const other = httpPerson(portal, 'kring')
  await other.go(await linkIn(portal, 'kring', email))
  expect(await other.sees('main [name=password]')).toBe(false)
  await other.ask('/sign-in')
  const form = {
    ...other.form('send'),
    fields: [
      ...other.form('send').fields.filter(([name]) => name !== 'at' && name !== 'act'),
      ['password', fresh],
      ['repeat', fresh],
    ] as [string, string][],
  }
  await other.send(form)
  expect(other.status()).toBe(422)
  expect(await opens(portal, 'kring', email, fresh)).toBe(false)
})

test('of fifty forms at the same moment one saves', async () => {
  const email = 'thomas@beoordelaar.example'
  const person = await forgets(portal, 'kring', email)
  await proves(person, 'kring', email)
  await person.fill({ password: fresh, repeat: fresh })
  const { action, fields } = person.form()
  const cookie = [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const sent = Array.from({ length: 50 }, (_, nth) => {
    const body = new URLSearchParams(
      fields.map(([name, value]) => [
        name,
        name === 'nonce' ? crypto.randomUUID() : name === 'password' || name === 'repeat' ? `${fresh} ${nth}` : value,
      ]),
    ).toString()
    return ask(portal, 'kring', action, {
      method: 'POST',
      body,
      headers: {
        cookie,
        'content-type': 'application/x-www-form-urlencoded',
        origin: portal.url('kring', ''),
        'sec-fetch-site': 'same-origin',
      },
    })
  })
  const statuses = (await Promise.all(sent)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 303)).toHaveLength(1)
  expect(statuses.filter((status) => status !== 303 && status !== 410 && status !== 503)).toEqual([])
  const [saved] = await portal.sql<{ n: number }>(
    `select count(*)::int as n from audit_line l join account a on a.id = l.subject where l.action = 'password.reset' and a.email = $1`,
    [email],
  )
  expect(saved!.n).toBe(1)
})

test('who is unknown, blocked or known gets the same bytes; mail only who can use it', async () => {
  await portal.sql(`update account set blocked_at = now() where email = 'joris@kring.example'`)
  const answers = []
  for (const identifier of [
    'niemand@nergens.example',
    'joris@kring.example',
    'hanna@kring.example',
    'fatima@beoordelaar.example',
    '%',
    '\u{1F600}'.repeat(50),
  ]) {
    const person = await forgets(portal, 'kring', identifier)
    // Each asks an hour after the one before.
    answers.push(
      person
        .page()
        .querySelector('main')!
        .outerHTML.replace(/vanaf \d+\.\d\d uur/, 'vanaf straks'),
    )
  }
  expect(new Set(answers).size).toBe(1)
  expect(await mails(portal, 'kring', 'joris@kring.example', /./)).toBe(0)
  expect(await mails(portal, 'kring', 'hanna@kring.example', /nieuw wachtwoord/)).toBe(1)
  expect(await mails(portal, 'kring', 'fatima@beoordelaar.example', /nieuw wachtwoord/)).toBe(0)
  expect(await mails(portal, 'kring', 'fatima@beoordelaar.example', /Welkom/)).toBe(2)
  await portal.sql(`update account set blocked_at = null where email = 'joris@kring.example'`)
  for (let nth = 0; nth < 5; nth++) await forgetsAgain('hanna@kring.example')
  expect(await mails(portal, 'kring', 'hanna@kring.example', /nieuw wachtwoord/)).toBeLessThanOrEqual(4)
})

async function forgetsAgain(identifier: string): Promise<void> {
  const person = httpPerson(portal, 'kring')
  await person.go('/recovery')
  await person.fill({ identifier })
  await person.press()
}

test('an old link says that there is a newer one, a late one that it is too late, and at another firm it is unknown', async () => {
  await forgets(portal, 'kring', 'gerda@loonhuis.example')
  await forgets(portal, 'kring', 'joris@kring.example')
  const first = await linkIn(portal, 'kring', 'joris@kring.example')
  const person = await forgets(portal, 'kring', 'joris@kring.example')
  const second = await linkIn(portal, 'kring', 'joris@kring.example')
  await person.go(first)
  expect([person.status(), await person.heading()]).toEqual([410, 'Deze link werkt niet meer'])
  expect((await ask(portal, 'linde', second)).status).toBe(404)
  expect((await ask(portal, 'kring', '/recovery/nooit-gemaakt')).status).toBe(404)
  portal.forward('PT31M')
  await person.go(second)
  expect([person.status(), await person.heading()]).toEqual([410, 'Deze link is niet meer geldig'])
  expect(person.page().text).not.toContain('Joris')
})

test('who has no second step goes on where signing in asks none, and is stuck where it does', async () => {
  const ellen = 'ellen@bakkerij-kroes.example'
  const person = await forgets(portal, 'loonhuis', ellen)
  await person.go(await linkIn(portal, 'loonhuis', ellen))
  await chooses(person)
  expect(await person.at()).toBe('/sign-in')
  await portal.sql(
    `update authenticator set removed_at = now() where account_id = (select id from account where email = 'joris@kring.example')`,
  )
  const stuck = await forgets(portal, 'kring', 'joris@kring.example')
  await stuck.go(await linkIn(portal, 'kring', 'joris@kring.example'))
  expect(await stuck.sees('main input')).toBe(false)
  expect(await stuck.sees('main a[href$="/none"]')).toBe(true)
})

test('the secret question: five wrong answers and the link is dead, a right one leads on', async () => {
  const context = at(portal, 'linde')
  const roos = 'roos.lammers@thuis.example'
  const account = await rowIn<{ id: string }>(context, 'select id from account where email = ?', [roos])
  await rowsIn(
    context,
    'insert into secret_question (tenant_id, account_id, question, answer_hash, set_at) values (?, ?, ?, ?, ?)',
    [
      context.tenant.id,
      account!.id,
      context.tenant.vault.seal(
        context.associatedData('secret_question', 'question', account!.id),
        'Hoe heette de kat?',
      ),
      await portal.services.hasher.hashPassword('minoes'),
      context.at,
    ],
  )
  const person = await forgets(portal, 'linde', 'roos.lammers')
  const link = await linkIn(portal, 'linde', roos)
  await person.go(link)
  expect(await person.reads()).toContain('Hoe heette de kat?')
  for (const answer of ['poes', 'kat', 'felix', 'garfield', 'tom']) {
    await person.fill({ answer })
    await person.press()
  }
  expect([person.status(), await person.heading()]).toEqual([410, 'Deze link is afgesloten'])
  await person.go(link)
  expect(await person.heading()).toBe('Deze link is afgesloten')
  const again = await forgets(portal, 'linde', roos)
  await again.go(await linkIn(portal, 'linde', roos))
  await again.fill({ answer: ' MINOES ' })
  await again.press()
  expect(await again.mistakes()).toEqual({})
  // Her only factor is a mail, as the link is: nothing more is asked.
  await chooses(again)
  expect(await again.at()).toBe('/sign-in')
  expect(await opens(portal, 'linde', 'roos.lammers', fresh)).toBe(true)
})

test('wrong codes make one wait, and count together with those of signing in', async () => {
  const person = await forgets(portal, 'kring', 'thomas@beoordelaar.example')
  await person.go(await linkIn(portal, 'kring', 'thomas@beoordelaar.example'))
  await person.press('send')
  const right = await codeTo(portal, 'kring', await numberOf('kring', 'thomas@beoordelaar.example'))
  for (let nth = 0; nth < 5; nth++) {
    await person.fill({ code: right === '123456' ? '654321' : '123456' })
    await person.press()
    expect(Object.keys(await person.mistakes())).toEqual(['code'])
  }
  await person.fill({ code: right })
  await person.press()
  // Thomas reads English.
  expect((await person.mistakes()).code).toMatch(/try again in 30 seconds/)
  expect(await person.sees('main [name=password]')).toBe(false)
})
