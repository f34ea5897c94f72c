import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../src/platform/log.ts'
import { fulfilDue } from '../../src/rooms/recovery/index.ts'
import { newest } from '../people/phone.ts'
import { httpPerson } from '../people/http.ts'
import { enters, givesPassword, invitedTo, nobody, somebody, type Somebody } from '../people/somebody.ts'
import { forgets, linkIn } from '../recovery/way-back.ts'
import { openTestHouse, type TestHouse } from '../setup/house.ts'
import { sources } from '../house/sources.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

/** Puts somebody else's sealed value into somebody's row, as only the database's owner could. */
const moves = (table: string, column: string, [from, to]: [Somebody, Somebody], key = 'account_id') =>
  house.sql(
    `update ${table} set ${column} = (select ${column} from ${table} where ${key} = $1 limit 1) where ${key} = $2`,
    [from.id, to.id],
  )
const two = async (slug: string, has: Parameters<typeof somebody>[2] = {}): Promise<[Somebody, Somebody]> => [
  await somebody(house, slug, has),
  await somebody(house, slug, has),
]
const logged = (who: Somebody, action: string) =>
  house.sql<{ outcome: string }>('select outcome from audit_line where subject = $1 and action = $2', [who.id, action])

test('what does not open says in the log where it stands, and nothing of anybody', () => {
  const lines: string[] = []
  const visit = nobody(house, 'kring')
  visit.facts.log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } })
  const sealed = visit.tenant.vault.seal(visit.place('phone', 'number', 'a'), '+31612345678')
  expect([
    visit.unseal('phone', 'number', 'a', sealed),
    visit.unseal('phone', 'number', 'b', sealed),
    visit.unseal('phone', 'number', 'a', 'x'),
  ]).toEqual(['+31612345678', null, null])
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'error', alert: 'unreadable', tenant: 'kring', table: 'phone', column: 'number', row: 'b' },
    { row: 'a' },
  ])
  expect(lines.join()).not.toContain('612345')
})

test('everything sealed is opened where it may turn out not to be ours', () => {
  expect(
    sources('src')
      .filter(({ text }) => text.includes('vault.open('))
      .map(({ path }) => path),
  ).toEqual(['src/post.ts', 'src/tenancy/sealed.ts'])
})

test('an app whose key was moved is gone: its owner is told, and sets one up anew', async () => {
  const both = await two('kring', { app: true, number: '+31610900001' })
  const [, who] = both
  await house.sql('update phone set removed_at = confirmed_at where account_id = $1', [who.id])
  await moves('authenticator', 'secret', both)
  const person = httpPerson(house, 'kring')
  await givesPassword(person, who)
  expect(await person.at()).toMatch(/^\/onboarding\//)
  expect(await logged(who, 'factor.unreadable')).toEqual([{ outcome: 'refused' }])
  expect((await house.outbox('kring', who.email)).length).toBeGreaterThan(0)
  expect(
    await house.sql('select id from authenticator where account_id = $1 and removed_at is null', [who.id]),
  ).toEqual([])
})

test('a number that was moved gets no code, at signing in, at a step-up or on the way back', async () => {
  const both = await two('kring')
  const [other, who] = both
  const person = await enters(who)
  await moves('phone', 'number', both)
  const texts = (await house.outbox('kring')).filter(({ kind }) => kind === 'sms').length
  house.forward('PT6M')
  await person.go('/profile/email')
  expect(await person.at()).toBe('/step-up')
  expect(await person.sees('main [name=password]')).toBe(true)
  expect((await house.outbox('kring')).filter(({ kind }) => kind === 'sms')).toHaveLength(texts)

  await house.sql('update phone set removed_at = null where account_id = $1', [who.id])
  const back = await forgets(house, 'kring', who.email)
  await back.go(await linkIn(house, 'kring', who.email))
  expect(await back.sees('main a[href$="/none"]')).toBe(true)
  expect(await house.outbox('kring', other.number)).toEqual([])
})

test('a secret question that was moved is not asked', async () => {
  const both = await two('linde')
  const visit = nobody(house, 'linde')
  for (const { id } of both) {
    await visit.query(
      'insert into secret_question (tenant_id, account_id, question, answer_hash, set_at) values (?, ?, ?, ?, ?)',
      [
        visit.tenant.id,
        id,
        visit.tenant.vault.seal(visit.place('secret_question', 'question', id), `Hoe heette kat ${id}?`),
        await house.house.hasher.hashPassword('minoes'),
        visit.at,
      ],
    )
  }
  await moves('secret_question', 'question', both)
  const person = await forgets(house, 'linde', both[1].identifier)
  await person.go(await linkIn(house, 'linde', both[1].email))
  expect(await person.sees('main [name=answer]')).toBe(false)
  expect(await person.reads()).not.toContain('Hoe heette kat')
})

test('a date of birth that was moved fits nothing that is typed', async () => {
  const [one, other] = [await invitedTo(house, 'linde'), await invitedTo(house, 'linde')]
  await house.sql('update account set birth_date = (select birth_date from account where id = $1) where id = $2', [
    one.id,
    other.id,
  ])
  const person = httpPerson(house, 'linde')
  await person.go(await other.link())
  const [day, month, year] = other.birthDate
  await person.fill({ 'birth-day': day, 'birth-month': month, 'birth-year': year })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(expect.arrayContaining([expect.stringMatching(/birth/)]))
})

test('a link whose content was moved works no more, and a request that waited ends', async () => {
  const both = await two('kring')
  const [, who] = both
  const visit = nobody(house, 'kring')
  const sealed = visit.tenant.vault.seal(visit.place('one_time', 'held', 'elsewhere'), 'x@proef.example')
  const person = await enters(who)
  await person.go('/profile/name')
  await house.sql(`update one_time set held = $1 where account_id = $2 and held is not null`, [sealed, who.id])
  const held = await house.sql<{ purpose: string }>(
    'select purpose from one_time where account_id = $1 and held is not null',
    [who.id],
  )
  if (held.some(({ purpose }) => purpose === 'notMe')) {
    const { text } = await newest(house, 'kring', who.email, 'mail')
    const link = /https?:\/\/[^/]+(\/profile\/not-me\/[\w-]+)/.exec(text)?.[1]
    if (link) {
      await person.go(link)
      expect(person.status()).toBe(410)
    }
  }
  const id = crypto.randomUUID()
  await house.sql(
    `insert into recovery_request (tenant_id, id, account_id, kind, password, number, asked_at, due_at) values ($1, $2, $3, 'number', $4, $4, $5, $5)`,
    [visit.tenant.id, id, who.id, sealed, house.house.clock.now().toString()],
  )
  await fulfilDue(nobody(house, 'kring'))
  expect(
    await house.sql('select done_at, ended_at is not null as ended, password from recovery_request where id = $1', [
      id,
    ]),
  ).toEqual([{ done_at: null, ended: true, password: null }])
  expect(await logged(who, 'recovery.unreadable')).toEqual([{ outcome: 'refused' }])
})
