import { afterAll, beforeAll, expect, test } from 'vitest'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { nobody } from '../support/somebody.ts'
import { signsIn } from '../support/staff.ts'
import { organisationNamed } from '../../src/modules/organisations/index.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
let staff: HttpPerson
beforeAll(async () => {
  portal = await openTestPortal()
  await nobody(portal, 'kring').transaction((context) => organisationNamed(context, 'De Molen'))
  staff = httpPerson(portal, 'kring')
  await signsIn(portal, 'kring', staff)
})
afterAll(() => portal.close())

const accounts = async (email: string) =>
  portal.sql<{ id: string; organisation: string | null }>(
    'select a.id, o.name as organisation from account a left join organisation o on o.tenant_id = a.tenant_id and o.id = a.organisation_id where email = $1',
    [email],
  )
const links = (selector: string) =>
  staff
    .page()
    .querySelectorAll(selector)
    .map((link) => link.getAttribute('href')!.replaceAll('&amp;', '&'))
const good = '.banner--success'

test('before an invitation goes out stands all of it; changing loses nothing; afterwards it says to whom', async () => {
  const email = 'saskia@proef.example'
  await staff.go('/staff/people/new')
  await staff.fill({ name: 'Saskia Brouwer', email, organisation: 'De Molen' })
  await staff.press()
  for (const fact of [
    'Saskia Brouwer',
    email,
    'De Molen',
    /link werkt 72 uur/,
    'Uitnodiging aan Saskia Brouwer versturen',
  ])
    expect(await staff.reads()).toMatch(fact)
  expect(await staff.reads()).not.toMatch(/nieuwe organisatie/)
  expect([await accounts(email), await portal.outbox('kring', email)]).toEqual([[], []])

  await staff.press('/staff/people/new/change')
  const typed = (name: string) => staff.page().querySelector(`main [name="${name}"]`)?.getAttribute('value')
  expect([typed('name'), typed('email'), staff.page().querySelector('option[selected]')?.text]).toEqual([
    'Saskia Brouwer',
    email,
    'De Molen',
  ])
  await staff.press()
  await staff.press('/staff/people/new/invitation')
  expect(await staff.words(good)).toContain('De uitnodiging aan Saskia Brouwer is verstuurd.')
  expect(await accounts(email)).toMatchObject([{ organisation: 'De Molen' }])
  expect(await portal.outbox('kring', email)).toHaveLength(1)
})

test('an organisation is chosen, or a new one is named and said to be new; not both, and not one that is gone', async () => {
  await staff.go('/staff/people/new')
  await staff.fill({
    name: 'Piet Bol',
    email: 'piet@proef.example',
    organisation: 'De Molen',
    newOrganisation: 'De Molenaar',
  })
  await staff.press()
  expect(Object.keys(await staff.mistakes())).toEqual(['newOrganisation'])
  await staff.fill({ organisation: '' })
  await staff.press()
  expect(await staff.reads()).toMatch(/Dit is een nieuwe organisatie.*Bedoelt u een van deze\? De Molen/s)
  const form = staff.form('/staff/people/new/invitation')
  await staff.send({
    ...form,
    action: '/staff/people/new',
    fields: form.fields.map(([name, value]) => [
      name,
      name === 'organisation' ? 'Verzonnen' : name === 'newOrganisation' ? '' : value,
    ]),
  })
  expect(Object.keys(await staff.mistakes())).toEqual(['organisation'])
  // Written differently it is the same organisation, and not called new.
  await staff.fill({ newOrganisation: 'de  molen' })
  await staff.press()
  expect(await staff.reads()).not.toMatch(/nieuwe organisatie/)
  await staff.press('/staff/people/new/invitation')
  expect(await accounts('piet@proef.example')).toMatchObject([{ organisation: 'De Molen' }])
})

test('a list with a mistake can be corrected in place, or sent without it; nothing that was typed is lost', async () => {
  const list =
    'naam;e-mailadres\r\nAnna Vos;anna@lijst.example\r\nFout Adres;fout@\r\nMarijke;marijke@beoordelaar.example\r\n'
  await staff.go('/staff/people/list')
  expect(links('main a[download]')).toEqual(['/staff/people/list/template'])
  expect((await staff.ask('/staff/people/list/template')).headers).toMatchObject({
    'content-disposition': expect.stringContaining('uitnodigen.csv'),
  })
  // No file in it: the list comes as text, as it does from the page that shows mistakes.
  const upload = staff.form('/staff/people/list')
  const send = async (action: string, more: [string, string][]) =>
    staff.send({ ...upload, action, fields: [...upload.fields.filter(([name]) => name !== 'file'), ...more] })
  await send('/staff/people/list/check', [['list', list]])
  expect(staff.status()).toBe(422)
  expect(await staff.reads()).toMatch(
    /1 persoon is nieuw.*1 persoon heeft al een account.*1 regel klopt niet.*Er is nog niets verstuurd/s,
  )
  expect(staff.page().querySelector('textarea')!.text).toContain('Anna Vos;anna@lijst.example')
  expect(
    staff
      .page()
      .querySelectorAll('tbody tr')
      .map((row) => row.text.replace(/\s+/g, ' '))[0],
  ).toMatch(/Fout Adres.*Regel: 3.*Klopt niet.*Na de @/)

  await staff.press('/staff/people/list/invitations')
  expect(await staff.reads()).toMatch(/1 uitnodiging is verstuurd.*Deze regels zijn niet verstuurd/s)
  expect(staff.page().querySelector('textarea')!.text.trim()).toBe('naam;e-mailadres\r\nFout Adres;fout@')
  await staff.fill({ list: 'naam;e-mailadres\r\nFout Adres;fout@lijst.example' })
  await staff.press('/staff/people/list/check')
  expect(await staff.mistakes()).toEqual({})
  await staff.press('/staff/people/list/invitations')
  expect(await staff.words(good)).toContain('De uitnodiging aan Fout Adres is verstuurd.')
  for (const to of ['anna@lijst.example', 'fout@lijst.example'])
    expect(await portal.outbox('kring', to)).toHaveLength(1)
})

test('every act on somebody is confirmed with their name', async () => {
  portal.forward('PT2M')
  const [saskia] = await accounts('saskia@proef.example')
  const does = async (id: string, act: string) => {
    await staff.go(`/staff/people/${id}`)
    await staff.follow(`/staff/people/${id}/${act}`)
    await staff.press()
    return staff.words(good)
  }
  expect(await does(saskia!.id, 'invitation')).toContain(
    'De uitnodiging aan Saskia Brouwer is verstuurd. Een oude link werkt niet meer.',
  )
  expect(await does(saskia!.id, 'withdrawal')).toContain('De uitnodiging van Saskia Brouwer is ingetrokken.')
  const [marijke] = await accounts('marijke@beoordelaar.example')
  expect(await does(marijke!.id, 'reset')).toContain('Marijke Aalbers kan een nieuw wachtwoord kiezen')
  expect(await does(marijke!.id, 'block')).toContain('Het account van Marijke Aalbers is geblokkeerd')
  expect(await does(marijke!.id, 'unblock')).toContain('Marijke Aalbers')
})

test('yes or no to who lost everything: first all that is known, then one verb, then a name', async () => {
  const [{ id, tenant }] = (await portal.sql<{ id: string; tenant: string }>(
    `select id, tenant_id as tenant from account where email = 'thomas@beoordelaar.example'`,
  )) as [{ id: string; tenant: string }]
  const request = crypto.randomUUID()
  await portal.sql(
    `insert into recovery_request (tenant_id, id, account_id, kind, asked_at) values ($1, $2, $3, 'link', $4)`,
    [tenant, request, id, portal.services.clock.now().toString()],
  )
  await staff.go('/staff/resets')
  await staff.follow(`/staff/resets/${request}/release`)
  for (const fact of [
    'Ja zeggen tegen Thomas Okkerse?',
    'thomas@beoordelaar.example',
    'Nog niemand heeft ja gezegd',
    'Bel Thomas Okkerse eerst',
    /nog een andere medewerker ja zeggen/,
  ])
    expect(await staff.reads()).toMatch(fact)
  expect(await staff.words('main button[type=submit]')).toBe('Ja, vrijgeven')
  expect(await portal.sql('select from recovery_release')).toEqual([])
  await staff.press()
  expect(await staff.words(good)).toContain('U heeft ja gezegd tegen Thomas Okkerse.')
  await staff.go(`/staff/resets/${request}/release`)
  expect([staff.status(), Object.keys(await staff.mistakes()).length]).toEqual([409, 1])
  await staff.go(`/staff/resets/${request}/refusal`)
  await staff.press()
  expect(await staff.words(good)).toContain('De aanvraag van Thomas Okkerse is gestopt.')
  await staff.go('/staff/resets/00000000-0000-4000-8000-000000000000/release')
  expect(staff.status()).toBe(404)
})

test('the list: fifty a page, and what was searched, filtered and sorted stays in the address', async () => {
  await portal.sql(`insert into account (tenant_id, id, kind, name, email, email_lookup, language, created_at, activated_at)
    select tenant_id, gen_random_uuid(), 'client', 'Groep ' || lpad(n::text, 3, '0'), 'groep' || n || '@groep.example', 'groep' || n || '@groep.example', 'nl', created_at, case when n > 60 then created_at end
    from account, generate_series(1, 120) n where email = 'hanna@kring.example'`)
  await staff.go('/staff/people?search=groep&show=active&sort=name')
  const names = () =>
    staff
      .page()
      .querySelectorAll('main tbody th a')
      .map((link) => link.text)
  expect(names()).toHaveLength(50)
  expect(names()[0]).toBe('Groep 061')
  expect(staff.page().querySelector('select option[selected]')?.getAttribute('value')).toBe('active')
  expect(links('.govuk-pagination a')).toEqual(['/staff/people?search=groep&show=active&sort=name&page=2'])
  expect(links('thead a')).toEqual([
    '/staff/people?search=groep&show=active&sort=name',
    '/staff/people?search=groep&show=active',
    '/staff/people?search=groep&show=active&sort=lastSignIn',
  ])
  expect(staff.page().querySelector('th[aria-sort]')?.text).toContain('Naam')
  await staff.follow('.govuk-pagination a')
  expect(names()).toHaveLength(10)
  await staff.go('/staff/people?search=groep&show=new')
  expect(await staff.reads()).toContain('60 mensen gevonden met „groep”, onder „Niet uitgenodigd”')
  // What the address does not know is everybody, in the usual order.
  await staff.go('/staff/people?show=xyz&sort=drop&page=0')
  expect(staff.status()).toBe(200)
})
