import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../src/platform/log/log.ts'
import { fulfilDue } from '../../src/modules/recovery/index.ts'
import { newest } from '../support/phone.ts'
import { httpPerson } from '../support/http.ts'
import { enters, givesPassword, invitedTo, nobody, somebody, type Somebody } from '../support/somebody.ts'
import { forgets, linkIn } from '../recovery/way-back.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { sources } from '../architecture/sources.ts'
import { rowsIn } from '../support/rows.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** Puts somebody else's sealed value into somebody's row, as only the database's owner could. */
const moves = (table: string, column: string, [from, to]: [Somebody, Somebody], key = 'account_id') =>
  portal.sql(
    `update ${table} set ${column} = (select ${column} from ${table} where ${key} = $1 limit 1) where ${key} = $2`,
    [from.id, to.id],
  )
const two = async (slug: string, has: Parameters<typeof somebody>[2] = {}): Promise<[Somebody, Somebody]> => [
  await somebody(portal, slug, has),
  await somebody(portal, slug, has),
]
const logged = (who: Somebody, action: string) =>
  portal.sql<{ outcome: string }>('select outcome from audit_line where subject = $1 and action = $2', [who.id, action])

test('what does not open says in the log where it stands, and nothing of anybody', () => {
  const lines: string[] = []
  const context = nobody(portal, 'kring')
  context.facts.log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } })
  const sealed = context.tenant.vault.seal(context.associatedData('phone', 'number', 'a'), '+31612345678')
  expect([
    context.unseal('phone', 'number', 'a', sealed),
    context.unseal('phone', 'number', 'b', sealed),
    context.unseal('phone', 'number', 'a', 'x'),
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
  ).toEqual(['src/outbox.ts', 'src/platform/http/browser-state.ts', 'src/tenancy/decrypt.ts'])
})

test('an app whose key was moved is gone: its owner is told, and sets one up anew', async () => {
  const both = await two('kring', { app: true, number: '+31610900001' })
  const [, who] = both
  await portal.sql('update phone set removed_at = confirmed_at where account_id = $1', [who.id])
  await moves('authenticator', 'secret', both)
  const person = httpPerson(portal, 'kring')
  await givesPassword(person, who)
  expect(await person.at()).toMatch(/^\/onboarding\//)
  expect(await logged(who, 'factor.unreadable')).toEqual([{ outcome: 'refused' }])
  expect((await portal.outbox('kring', who.email)).length).toBeGreaterThan(0)
  expect(
    await portal.sql('select id from authenticator where account_id = $1 and removed_at is null', [who.id]),
  ).toEqual([])
})

test('a number that was moved gets no code, at signing in, at a step-up or on the way back', async () => {
  const both = await two('kring')
  const [other, who] = both
  const person = await enters(who)
  await moves('phone', 'number', both)
  const texts = (await portal.outbox('kring')).filter(({ kind }) => kind === 'sms').length
  portal.forward('PT6M')
  await person.go('/profile/email')
  expect(await person.at()).toBe('/step-up')
  expect(await person.sees('main [name=password]')).toBe(true)
  expect((await portal.outbox('kring')).filter(({ kind }) => kind === 'sms')).toHaveLength(texts)

  await portal.sql('update phone set removed_at = null where account_id = $1', [who.id])
  const back = await forgets(portal, 'kring', who.email)
  await back.go(await linkIn(portal, 'kring', who.email))
  expect(await back.sees('main a[href$="/none"]')).toBe(true)
  expect(await portal.outbox('kring', other.number)).toEqual([])
})

test('a secret question that was moved is not asked', async () => {
  const both = await two('linde')
  const context = nobody(portal, 'linde')
  for (const { id } of both) {
    await rowsIn(
      context,
      'insert into secret_question (tenant_id, account_id, question, answer_hash, set_at) values (?, ?, ?, ?, ?)',
      [
        context.tenant.id,
        id,
        context.tenant.vault.seal(context.associatedData('secret_question', 'question', id), `Hoe heette kat ${id}?`),
        await portal.services.hasher.hashPassword('minoes'),
        context.at,
      ],
    )
  }
  await moves('secret_question', 'question', both)
  const person = await forgets(portal, 'linde', both[1].identifier)
  await person.go(await linkIn(portal, 'linde', both[1].email))
  expect(await person.sees('main [name=answer]')).toBe(false)
  expect(await person.reads()).not.toContain('Hoe heette kat')
})

test('a date of birth that was moved fits nothing that is typed', async () => {
  const [one, other] = [await invitedTo(portal, 'linde'), await invitedTo(portal, 'linde')]
  await portal.sql('update account set birth_date = (select birth_date from account where id = $1) where id = $2', [
    one.id,
    other.id,
  ])
  const person = httpPerson(portal, 'linde')
  await person.go(await other.link())
  const [day, month, year] = other.birthDate
  await person.fill({ 'birth-day': day, 'birth-month': month, 'birth-year': year })
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(expect.arrayContaining([expect.stringMatching(/birth/)]))
})

test('a link whose content was moved works no more, and a request that waited ends', async () => {
  const both = await two('kring')
  const [, who] = both
  const context = nobody(portal, 'kring')
  const sealed = context.tenant.vault.seal(context.associatedData('one_time', 'held', 'elsewhere'), 'x@proef.example')
  const person = await enters(who)
  await person.go('/profile/name')
  await portal.sql(`update one_time set held = $1 where account_id = $2 and held is not null`, [sealed, who.id])
  const held = await portal.sql<{ purpose: string }>(
    'select purpose from one_time where account_id = $1 and held is not null',
    [who.id],
  )
  if (held.some(({ purpose }) => purpose === 'notMe')) {
    const { text } = await newest(portal, 'kring', who.email, 'mail')
    const link = /https?:\/\/[^/]+(\/profile\/not-me\/[\w-]+)/.exec(text)?.[1]
    if (link) {
      await person.go(link)
      expect(person.status()).toBe(410)
    }
  }
  const id = crypto.randomUUID()
  await portal.sql(
    `insert into recovery_request (tenant_id, id, account_id, kind, password, number, asked_at, due_at) values ($1, $2, $3, 'number', $4, $4, $5, $5)`,
    [context.tenant.id, id, who.id, sealed, portal.services.clock.now().toString()],
  )
  await fulfilDue(nobody(portal, 'kring'))
  expect(
    await portal.sql('select done_at, ended_at is not null as ended, password from recovery_request where id = $1', [
      id,
    ]),
  ).toEqual([{ done_at: null, ended: true, password: null }])
  expect(await logged(who, 'recovery.unreadable')).toEqual([{ outcome: 'refused' }])
})
