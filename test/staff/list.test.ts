import { afterAll, beforeAll, expect, test } from 'vitest'
import { organisationNamed } from '../../src/modules/organisations/index.ts'
import { inviteList, mostPeople, readList, remaining, template } from '../../src/modules/staff/list.ts'
import { textOf } from '../../src/modules/staff/csv.ts'
import type { Person } from '../../src/tenancy/context.ts'
import { quietPortal, type QuietPortal } from '../support/contexts.ts'
import { rowsIn } from '../support/rows.ts'

let portal: QuietPortal
const staff: Record<string, Person> = {}
beforeAll(async () => {
  portal = await quietPortal()
  for (const slug of ['kring', 'linde', 'polder'])
    staff[slug] = await portal.person(slug, { kind: 'staff', name: 'Staf' })
})
afterAll(() => portal.close())

const by = (slug: string) => portal.contextOf(slug, staff[slug] as Person)
const wrongOf = async (slug: string, text: string) =>
  (await readList(by(slug), text)).rows.map(({ wrong }) => wrong.length)

test('a list from a spreadsheet, with semicolons, quotes and a byte order mark', async () => {
  const list = await readList(
    by('kring'),
    '\uFEFFNaam;E-mailadres;Organisatie\r\n"Vos; Karin";karin@lid.example;De Molen\r\nBram Mos;bram@lid.example;\r\n',
  )
  expect(list.error).toBeNull()
  expect(list.forms).toMatchObject([
    { name: 'Vos; Karin', email: 'karin@lid.example', organisation: 'De Molen' },
    { name: 'Bram Mos', organisation: '' },
  ])
})

test('letters of an older spreadsheet program are read', () => {
  expect(textOf({ name: 'lijst.csv', bytes: Buffer.from('naam,mail\nZo\xeb,zoe@lid.example', 'latin1') })).toContain(
    'Zoë',
  )
})

test.each([
  ['', 'staff.list.empty'],
  ['naam,telefoon\nBram,06', 'staff.list.columns'],
  ['naam,mail\n"Bram', 'staff.list.unreadable'],
  [
    `naam,mail\n${Array.from({ length: mostPeople + 1 }, (_, at) => `Bram,b${at}@lid.example`).join('\n')}`,
    'staff.list.tooMany',
  ],
])('%.20s is refused with %s', async (text, key) => expect((await readList(by('kring'), text)).error).toBe(key))

test('every row is judged as the form for one person is', async () => {
  expect(await wrongOf('kring', 'naam,mail\nBram,bram@lid.example\n,bram\nBram,BRAM@lid.example')).toEqual([0, 2, 1])
  expect(
    await wrongOf(
      'polder',
      'naam,mail,rol\nBram,bram@gmail.com,user\nBram,bram@bouw.example,chef\nBram,b@bouw.example,user',
    ),
  ).toEqual([1, 1, 0])
  expect(
    await wrongOf(
      'linde',
      'naam,mail,geboortedatum\nBram,bram@post.example,9-4-1974\nIris,iris@post.example,1980-02-30\nLeo,leo@post.example,1980-02-29',
    ),
  ).toEqual([0, 1, 0])
})

test('everybody on it is invited once, also when the form is sent twice', async () => {
  const context = by('kring')
  const list = await readList(context, 'naam,mail\nBram Mos,bram@nieuw.example\nIris Berg,iris@nieuw.example')
  expect(await inviteList(context, list)).toEqual({ sent: 2, held: 0, refused: [] })
  expect(await inviteList(context, list)).toEqual({ sent: 0, held: 0, refused: [] })
  const to = (await portal.mails('kring'))
    .map((mail) => mail.to)
    .filter((address) => address.endsWith('@nieuw.example'))
  expect(to.sort()).toEqual(['bram@nieuw.example', 'iris@nieuw.example'])
})

test('per row it is said what will happen, on which line of the file, before anything happens', async () => {
  const active = await portal.person('kring', { kind: 'client', name: 'Actief' })
  const context = by('kring')
  await inviteList(context, await readList(context, 'naam,mail,organisatie\nOud Bekend,bekend@nieuw.example,De Molen'))
  const before = await rowsIn(context, 'select id from account')
  const { rows } = await readList(
    by('kring'),
    `naam,mail,organisatie\n"Leo\nSmit",leo@nieuw.example,de  molen\n\nActief,${active.email},\nBekend,bekend@nieuw.example,Molen BV\nFout,fout@,\n`,
  )
  expect(rows.map(({ line, verdict, newOrganisation }) => [line, verdict, newOrganisation])).toEqual([
    [3, 'new', false],
    [5, 'active', false],
    [6, 'again', true],
    [7, 'wrong', false],
  ])
  expect(rows.at(-1)?.wrong.join()).toMatch(/Na de @/)
  expect(await rowsIn(context, 'select id from account')).toEqual(before)
})

test('who is active already gets nothing, and keeps nobody else back; what is wrong comes back as it was typed', async () => {
  const active = await portal.person('kring', { kind: 'client', name: 'Werkzaam' })
  const context = by('kring')
  const list = await readList(
    context,
    `naam;mail\r\nWerkzaam;${active.email}\r\n"Fout; Piet";piet@\r\nLeo Bos;leo.bos@nieuw.example\r\n`,
  )
  expect(await inviteList(context, list)).toEqual({ sent: 1, held: 0, refused: [] })
  const to = (await portal.mails('kring')).map((mail) => mail.to)
  expect([to.includes('leo.bos@nieuw.example'), to.includes(active.email)]).toEqual([true, false])
  expect(
    remaining(
      list,
      list.rows.filter(({ verdict }) => verdict === 'wrong'),
    ),
  ).toBe('naam;mail\r\n"Fout; Piet";piet@')
})

test('a client is not told whom the firm knows elsewhere', async () => {
  const stranger = await portal.person('polder', { kind: 'client', name: 'Elders' })
  const organisationId = await organisationNamed(portal.context('polder'), 'Bakkerij Bol')
  const colleague = await portal.person('polder', { kind: 'client', name: 'Collega', organisationId })
  const own = portal.contextOf(
    'polder',
    await portal.person('polder', { kind: 'client', name: 'Beheer', role: 'administrator', organisationId }),
  )
  const { rows } = await readList(
    own,
    `naam,mail,rol\nA,${stranger.email},user\nB,niemand@elders.example,user\nC,${colleague.email},user`,
  )
  expect(rows.map(({ verdict }) => verdict)).toEqual(['new', 'new', 'active'])
})

test('the template has the columns this firm asks, and is read again', async () => {
  const context = by('linde')
  const text = template(context)
  expect(text).toBe('\uFEFFnaam;e-mailadres;organisatie;geboortedatum;gebruikersnaam;taal\r\n')
  const { rows, error } = await readList(context, `${text}Bram Mos;bram.mos@post.example;;9-4-1974;;nl\r\n`)
  expect([error, rows[0]?.verdict]).toEqual([null, 'new'])
})
