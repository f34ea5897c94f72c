import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '../../src/modules.ts'
import { loadPeople } from '../../src/modules/development/index.ts'
import { workOf } from '../../src/schedule.ts'
import { unattendedContext } from '../../src/tenancy/context.ts'
import { exportRecords } from '../../src/tenancy/records.ts'
import { emOf } from '../../src/tenancy/tenants.ts'
import { addedFrom, type Added } from '../support/added.ts'
import { otherChoices } from '../support/choices.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { signsIn } from '../support/staff.ts'
import { bare } from '../support/words.ts'

/**
 * A module that is not in this project: its folder stands in a temp folder, and nothing but the list given to the
 * portal knows it. What a module is, is that folder; the README names it as the example.
 */
let added: Added
let portal: TestPortal
let staff: HttpPerson
let client: HttpPerson
/** One firm does without, and one tells nobody of a note in their name. */
const [here, without, quiet] = ['linde', 'kring', 'vandam']

beforeAll(async () => {
  added = await addedFrom('noticeboard')
  const env = await otherChoices(
    without,
    { modules: { noticeboard: false } },
    { [quiet]: { notices: ['passwordChanged'] } },
  )
  portal = await openTestPortal({ modules: [...modules, ...added.modules], env })
  ;[staff, client] = [httpPerson(portal, here), httpPerson(portal, here)]
  await signsIn(portal, here, staff, 'staff')
  await signsIn(portal, here, client, 'client')
})
afterAll(async () => {
  await portal.close()
  await added.gone()
})

const at = (slug: string) => {
  const tenant = portal.tenant(slug)
  return unattendedContext(portal.services, tenant, emOf(portal.services.orm, tenant.id))
}
const job = () => portal.services.modules.jobs.find(({ name }) => name === 'noticeboard')!
const putsUp = async (text: string, person = staff) => {
  await person.go('/noticeboard')
  await person.fill({ text })
  await person.press('/noticeboard')
}

test('its tab, its page and its widget are there; an empty board says so', async () => {
  expect((await staff.ask('/home')).text).toContain('Op het prikbord')
  await client.go('/home')
  await client.follow('/noticeboard')
  expect(await client.heading()).toBe('Prikbord')
  expect(await client.reads()).toContain('Er hangt niets op het prikbord.')
})

test('its permission lets staff write and clients only read: to them the form’s address does not exist', async () => {
  await putsUp('')
  expect(await staff.mistakes()).toEqual({ text: 'Vul een bericht in' })
  await putsUp('Wij zijn met Pasen dicht.')
  expect(await staff.reads()).toContain('Wij zijn met Pasen dicht.')
  expect(await client.sees('main [name=text]')).toBe(false)
  const token = /name="_csrf" value="([^"]+)"/.exec((await client.ask('/home')).text)?.[1] ?? ''
  const refused = await client.ask('/noticeboard', {
    method: 'POST',
    body: new URLSearchParams({ _csrf: token, text: 'Ik ook' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
  expect(refused.status).toBe(404)
})

test('its task, its news and its widget tell what was put up since somebody was here, and lead to it', async () => {
  portal.forward('PT1M')
  await client.press('/sign-out')
  await signsIn(portal, here, client, 'client')
  await putsUp('De koffie is op.')
  await client.go('/home')
  const page = await client.reads()
  expect(page).toContain('Er hangt 1 nieuw bericht op het prikbord')
  expect(page).toContain('De koffie is op.')
  await client.go('/todo')
  expect(await client.reads()).toContain('Lees wat er nieuw is.')
})

test('its mail goes out in the words of its own folder', async () => {
  const mails = (await portal.outbox(here)).filter(({ subject }) => subject === 'Uw bericht hangt op het prikbord')
  expect(mails).toHaveLength(2)
  expect(mails[0]!.text).toContain('Uw bericht is nu te lezen.')
})

test('its line in the log is told in its own words to who did it', async () => {
  await staff.go('/profile/activity')
  expect(await staff.reads()).toContain('Een bericht van 25 tekens opgehangen')
})

test('its records are in what somebody can take along, beside those of everybody else', async () => {
  const [{ id }] = (await portal.sql<{ id: string }>('select account_id as id from note limit 1')) as [{ id: string }]
  const all = await exportRecords(at(here), id)
  expect(all.notes!.map((note) => (note as { text: string }).text).sort()).toEqual([
    'De koffie is op.',
    'Wij zijn met Pasen dicht.',
  ])
  expect(all.account).toHaveLength(1)
  expect(all.sessions!.length).toBeGreaterThan(0)
  expect(all.log!.length).toBeGreaterThan(0)
  const kind = portal.services.modules.all.flatMap(({ records = [] }) => records).find(({ name }) => name === 'notes')!
  const gone = at(here).transaction(async (inner) => {
    expect(await kind.erase!(inner, id)).toBe(2)
    expect(await kind.count(inner, id)).toBe(0)
    throw new Error('put back')
  })
  await expect(gone).rejects.toThrow('put back')
})

/** The page the firm's people have of the first of their colleagues. */
async function pageOfAuthor(slug: string): Promise<string> {
  const [author] = await portal.sql<{ id: string }>(
    `select coalesce(
       (select account_id from note where tenant_id = $1 order by created_at limit 1),
       (select id from account where tenant_id = $1 and kind = 'staff' limit 1)) as id`,
    [portal.tenant(slug).id],
  )
  return `/staff/people/${author!.id}`
}

test('its sections stand on the page of a person, for who may write, and in one’s own details', async () => {
  await staff.go(await pageOfAuthor(here))
  expect(await staff.reads()).toMatch(/Prikbord 2 berichten opgehangen/)
  await staff.go('/profile')
  expect(await staff.reads()).toMatch(/Prikbord 2 berichten opgehangen/)
  expect(await staff.sees('#personal a[href="/noticeboard"]')).toBe(true)
  expect((await client.ask('/profile')).text).not.toContain('opgehangen')
})

test('its pages are in the gallery', async () => {
  const { text } = await staff.ask('/dev/pages')
  expect(text).toContain('/dev/pages/noticeboard/index/writing')
  const shown = await staff.ask('/dev/pages/noticeboard/index/writing')
  expect([shown.status, shown.text.includes('Wij zijn met Pasen dicht.')]).toEqual([200, true])
  for (const page of ['staff/person/active', 'profile/overview/everything'])
    expect((await staff.ask(`/dev/pages/${page}`)).text, page).toContain('2 berichten opgehangen')
})

test('a firm that switched it off has none of it: its address is one that nobody has', async () => {
  const other = httpPerson(portal, without)
  await signsIn(portal, without, other, 'staff')
  const home = await other.ask('/home')
  expect(home.text).not.toMatch(/noticeboard|prikbord/i)
  const [unknown, off] = [await other.ask('/niet/hier'), await other.ask('/noticeboard')]
  expect([off.status, bare(off.text).replaceAll('/noticeboard', '/niet/hier')]).toEqual([404, bare(unknown.text)])
  expect(Object.keys(await exportRecords(at(without), crypto.randomUUID()))).not.toContain('notes')
  for (const page of [await pageOfAuthor(without), '/profile']) {
    const { status, text } = await other.ask(page)
    expect([status, /opgehangen/.test(text)], page).toEqual([200, false])
  }
})

const noticed = async (firm: string) =>
  (await portal.outbox(firm)).filter(({ subject }) => subject === 'Er hangt een bericht van u op het prikbord')

test('its notice goes to who wrote, where the firm tells of it; "was it not you?" takes down what was put up since', async () => {
  expect(await noticed(here)).toHaveLength(2)
  portal.forward('PT1M')
  await putsUp('Geef mij uw wachtwoord.')
  const [mail] = await noticed(here)
  const owner = httpPerson(portal, here)
  await owner.go(/\/profile\/not-me\/[\w-]+/.exec(mail!.text)![0])
  await owner.fill({ email: mail!.to })
  await owner.press()
  expect(await owner.at()).toBe('/profile/not-me/done')
  await client.go('/noticeboard')
  const page = await client.reads()
  expect(page).toContain('De koffie is op.')
  expect(page).not.toContain('Geef mij uw wachtwoord.')
  const [line] = await portal.sql<{ detail: object }>(
    `select detail from audit_line where action = 'account.notMe' order by at desc limit 1`,
  )
  expect(line?.detail).toMatchObject({ away: 'note', back: '' })

  const other = httpPerson(portal, quiet)
  await signsIn(portal, quiet, other, 'staff')
  await putsUp('Hier weet niemand het.', other)
  expect(await other.reads()).toContain('Hier weet niemand het.')
  expect(await noticed(quiet)).toEqual([])
  await portal.sql(`delete from note where tenant_id = $1`, [portal.tenant(quiet).id])
})

test('its job does its work by the firm’s own choice, and leaves alone who has switched it off', async () => {
  const rows = async () => Number((await portal.sql<{ n: string }>('select count(*) as n from note'))[0]!.n)
  const { id: tenantId } = portal.tenant(without)
  await portal.sql(
    `insert into note (tenant_id, id, account_id, text, created_at)
     select tenant_id, gen_random_uuid(), id, 'Oud', '2020-01-01' from account where tenant_id = $1 limit 1`,
    [tenantId],
  )
  const [kept] = await portal.sql<{ id: string }>('select account_id as id from note where tenant_id = $1', [tenantId])
  const all = await exportRecords(at(without), kept!.id)
  expect(all.notes, 'what was kept before is still theirs').toEqual([expect.objectContaining({ text: 'Oud' })])
  const work = workOf(portal.services, job())
  await work(new AbortController().signal)
  expect(await rows()).toBe(3)
  portal.forward('P31D')
  await work(new AbortController().signal)
  expect(await rows()).toBe(1)
})

test('what the invented people need of it is put there once, and not where it is switched off', async () => {
  await portal.sql('delete from note')
  await loadPeople(portal.services)
  await loadPeople(portal.services)
  const notes = await portal.sql<{ tenant: string; n: number }>(
    'select tenant_id as tenant, count(*)::int as n from note group by 1',
  )
  expect(notes.every(({ n }) => n === 1)).toBe(true)
  const firmsWith = notes.map(({ tenant }) => tenant)
  expect([portal.tenant(here).id, portal.tenant(without).id].map((id) => firmsWith.includes(id))).toEqual([true, false])
})
