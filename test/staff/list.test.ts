import { afterAll, beforeAll, expect, test } from 'vitest'
import { inviteList, mostPeople, readList, textOf } from '../../src/rooms/staff/list.ts'
import type { Person } from '../../src/tenancy/visit.ts'
import { quietHouse, type QuietHouse } from '../setup/visits.ts'

let house: QuietHouse
const staff: Record<string, Person> = {}
beforeAll(async () => {
  house = await quietHouse()
  for (const slug of ['kring', 'linde', 'polder']) staff[slug] = await house.person(slug, { kind: 'staff', name: 'Staf' })
})
afterAll(() => house.close())

const by = (slug: string) => house.visitOf(slug, staff[slug] as Person)
const wrongOf = (slug: string, text: string) => readList(by(slug), text).rows.map(({ wrong }) => wrong.length)

test('a list from a spreadsheet, with semicolons, quotes and a byte order mark', () => {
  const list = readList(by('kring'), '\uFEFFNaam;E-mailadres;Organisatie\r\n"Vos; Karin";karin@lid.example;De Molen\r\nBram Mos;bram@lid.example;\r\n')
  expect(list.error).toBeNull()
  expect(list.forms).toMatchObject([{ name: 'Vos; Karin', email: 'karin@lid.example', organisation: 'De Molen' }, { name: 'Bram Mos', organisation: '' }])
})

test('letters of an older spreadsheet program are read', () => {
  expect(textOf({ name: 'lijst.csv', bytes: Buffer.from('naam,mail\nZo\xeb,zoe@lid.example', 'latin1') })).toContain('Zoë')
})

test.each([
  ['', 'staff.list.empty'], ['naam,telefoon\nBram,06', 'staff.list.columns'], ['naam,mail\n"Bram', 'staff.list.unreadable'],
  [`naam,mail\n${Array.from({ length: mostPeople + 1 }, (_, at) => `Bram,b${at}@lid.example`).join('\n')}`, 'staff.list.tooMany'],
])('%.20s is refused with %s', (text, key) => expect(readList(by('kring'), text).error).toBe(key))

test('every row is judged as the form for one person is', () => {
  expect(wrongOf('kring', 'naam,mail\nBram,bram@lid.example\n,bram\nBram,BRAM@lid.example')).toEqual([0, 2, 1])
  expect(wrongOf('polder', 'naam,mail,rol\nBram,bram@gmail.com,user\nBram,bram@bouw.example,chef\nBram,b@bouw.example,user')).toEqual([1, 1, 0])
  expect(wrongOf('linde', 'naam,mail,geboortedatum\nBram,bram@post.example,9-4-1974\nIris,iris@post.example,1980-02-30\nLeo,leo@post.example,1980-02-29')).toEqual([0, 1, 0])
})

test('everybody on it is invited once, also when the form is sent twice', async () => {
  const visit = by('kring')
  const list = readList(visit, 'naam,mail\nBram Mos,bram@nieuw.example\nIris Berg,iris@nieuw.example')
  expect(await inviteList(visit, list)).toEqual({ refused: [], held: 0 })
  expect(await inviteList(visit, list)).toEqual({ refused: [], held: 0 })
  const to = (await house.mails('kring')).map((mail) => mail.to).filter((address) => address.endsWith('@nieuw.example'))
  expect(to.sort()).toEqual(['bram@nieuw.example', 'iris@nieuw.example'])
})

test('who is active already is said, and keeps nobody else back', async () => {
  const active = await house.person('kring', { kind: 'client', name: 'Actief' })
  const visit = by('kring')
  const { refused } = await inviteList(visit, readList(visit, `naam,mail\nActief,${active.email}\nLeo Smit,leo@nieuw.example`))
  expect(refused).toMatchObject([{ line: 2, email: active.email }])
  expect((await house.mails('kring')).some(({ to }) => to === 'leo@nieuw.example')).toBe(true)
})
