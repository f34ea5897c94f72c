import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweepDrafts } from '../../src/identity/sessions/index.ts'
import { mayBeKept } from '../../src/tenancy/route.ts'
import { browserPerson, closeBrowser } from '../support/browser.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import type { Person } from '../support/person.ts'
import { enters, entersWith, givesPassword, nobody, somebody, type Somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

const slug = 'vandam'
const page = '/profile/name'
const typed = 'Iemand van de Overkant'
const plain = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
const drafts = () =>
  portal.sql<{ id: string; fields: string; account_id: string }>('select id, fields, account_id from form_draft')
const nameOf = async ({ id }: Somebody) =>
  (await portal.sql<{ name: string }>('select name from account where id = $1', [id]))[0]!.name
const field = (person: HttpPerson, name = 'name') =>
  person.page().querySelector(`main [name="${name}"]`)?.getAttribute('value')
const kept = 'Wat u had ingevuld, staat er nog'

/** Somebody on the page of their name, with something typed that was not sent. */
async function typing(who: Somebody): Promise<HttpPerson> {
  const person = await enters(who)
  await person.go(page)
  await person.fill({ name: typed })
  return person
}
/** Sends the form as it stands, with the browser's cookies of now; follows nothing. */
const posts = (
  person: HttpPerson,
  { action, fields }: { action: string; fields: [string, string][] },
  headers: Record<string, string> = {},
) =>
  person.ask(action, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { ...plain, referer: portal.url(slug, page), ...headers },
  })
const signsInAgain = (person: Person, who: Somebody) => givesPassword(person, who)

test('a form whose session ran out: 401, sign in, back, with the text still there, unsent and shown once', async () => {
  const who = await somebody(portal, slug)
  const person = await typing(who)
  portal.forward('PT31M')
  await person.press()
  expect(person.status()).toBe(401)
  expect(await person.sees('main form[action="/sign-in"]')).toBe(true)
  expect(await person.reads()).toContain('Log in, dan staat er nog wat u had ingevuld')
  expect(JSON.stringify(await drafts())).not.toContain('Overkant')
  expect(await nameOf(who)).toBe(who.name)
  await person.fill({ identifier: who.identifier, password: 'blauwe?fiets-op-zolder' })
  await person.press()
  expect(await person.at()).toBe(page)
  expect([field(person), (await person.reads()).includes(kept), await nameOf(who)]).toEqual([typed, true, who.name])
  expect(await drafts()).toEqual([])
  await person.go(page)
  expect([field(person), (await person.reads()).includes(kept)]).toEqual([who.name, false])
  await person.fill({ name: typed })
  await person.press()
  expect(await nameOf(who)).toBe(typed)
})

test('the same for htmx: 401 with HX-Redirect and nothing else; a form of which nothing is typed just says so', async () => {
  const who = await somebody(portal, slug)
  const person = await typing(who)
  const button = await (async () => {
    const other = await enters(who)
    await other.go('/profile/sessions')
    return other
  })()
  portal.forward('PT31M')
  const answer = await posts(person, person.form(), { 'hx-request': 'true' })
  expect([answer.status, answer.headers['hx-redirect'], answer.text]).toEqual([401, '/sign-in', ''])
  expect(answer.headers['www-authenticate']).toMatch(/^Cookie /)
  await person.go('/sign-in')
  expect(await person.reads()).toContain('Log in, dan staat er nog wat u had ingevuld')
  await signsInAgain(person, who)
  expect(field(person)).toBe(typed)
  expect((await button.ask('/profile/sessions/end', { method: 'POST', headers: plain })).text).toContain(
    'dus er is niets opgeslagen',
  )
})

test('signed out in another tab, or signed in again there: the old form is this browser’s own, and its text is kept', async () => {
  const who = await somebody(portal, slug)
  const person = await typing(who)
  const old = person.form()
  await person.press('/sign-out')
  expect((await posts(person, old)).status).toBe(401)
  await signsInAgain(person, who)
  expect([await person.at(), field(person)]).toEqual([page, typed])

  const again = await posts(person, old)
  expect([again.status, again.headers.location, await nameOf(who)]).toEqual([303, page, who.name])
  await person.go(page)
  expect([field(person), (await person.reads()).includes(kept)]).toEqual([typed, true])
})

test('after a step-up in another tab the form of the first is still this session’s, and does not vanish', async () => {
  const who = await somebody(portal, slug)
  const person = await typing(who)
  const old = person.form()
  portal.forward('PT6M')
  await person.go('/profile/email')
  await person.fill({ password: 'blauwe?fiets-op-zolder' })
  await person.press()
  expect((await posts(person, old)).headers.location).toBe(page)
  await person.go(page)
  expect(field(person)).toBe(typed)
})

test('nobody but its owner sees it: another person, another browser, another page, a moved row, an hour later', async () => {
  const [who, other] = [await somebody(portal, slug), await somebody(portal, slug)]
  const person = await typing(who)
  const old = person.form()
  portal.forward('PT31M')
  await person.press()
  await signsInAgain(person, other)
  expect([await person.at(), field(person)]).toEqual([page, other.name])
  expect((await posts(person, old)).status, 'a form of the person before').toBe(403)
  const elsewhere = await enters(who)
  await elsewhere.go(page)
  expect(field(elsewhere)).toBe(who.name)
  await person.press('/sign-out')
  await signsInAgain(person, who)
  await person.go('/profile/email')
  expect(field(person, 'email')).not.toBe(typed)
  await person.go(page)
  expect(field(person), 'the owner, in the browser it was typed in').toBe(typed)

  portal.forward('PT31M')
  await person.fill({ name: typed })
  await person.press()
  await portal.sql('update form_draft set account_id = $1', [other.id])
  await signsInAgain(person, other)
  await person.go(page)
  expect([person.status(), field(person)]).toEqual([200, other.name])
  await person.fill({ name: typed })
  portal.forward('PT31M')
  await person.press()
  portal.forward('PT61M')
  await signsInAgain(person, other)
  await person.go(page)
  expect(field(person)).toBe(other.name)
})

test('nothing is kept of what is not this browser’s own form, however it looks', async () => {
  const [who, other] = [await somebody(portal, slug), await somebody(portal, slug)]
  const person = await typing(who)
  const sent = person.form()
  const foreign = (await typing(other)).form().fields.find(([name]) => name === '_csrf')!
  portal.forward('PT31M')
  const without = sent.fields.filter(([name]) => name !== '_csrf')
  for (const [fields, headers, status] of [
    [sent.fields, { 'sec-fetch-site': 'cross-site' }, 403],
    [sent.fields, { 'sec-fetch-site': 'same-site' }, 403],
    [without, {}, 401],
    [[...without, foreign], {}, 401],
    [[...without, ['_csrf', 'iets']], {}, 401],
  ] as [[string, string][], Record<string, string>, number][]) {
    expect((await posts(person, { ...sent, fields }, headers)).status).toBe(status)
  }
  expect((await posts(httpPerson(portal, slug), sent)).status, 'without the cookie').toBe(401)
  expect(
    (await posts(person, { ...sent, fields: [...sent.fields, ['meer', 'x']] })).status,
    'a form the page does not have',
  ).toBe(401)
  expect(await drafts()).toEqual([])
})

test('a blocked account keeps nothing, five drafts make room for a sixth, too large is said, and the sweep wipes what is old', async () => {
  const [who, staff] = [await somebody(portal, slug), await somebody(portal, slug, { kind: 'staff' })]
  const person = await typing(who)
  const sent = person.form()
  portal.forward('PT31M')
  for (let nth = 0; nth < 7; nth++) await posts(person, sent, { referer: portal.url(slug, `${page}?n=${nth}`) })
  expect(await drafts()).toHaveLength(5)
  await portal.sql('update account set blocked_at = now() where id = $1', [who.id])
  await portal.sql('delete from form_draft')
  await posts(person, sent)
  expect(await drafts()).toEqual([])
  const colleague = await enters(staff)
  await colleague.go('/staff/people/list')
  const csrf = colleague.page().querySelector('[name=_csrf]')!.getAttribute('value')!
  portal.forward('PT31M')
  const sends = (list: string) =>
    posts(colleague, {
      action: '/staff/people/list/invitations',
      fields: [
        ['_csrf', csrf],
        ['list', list],
      ],
    })
  expect((await sends('naam;e-mail\n'.repeat(3000))).text).toContain('te lang om te bewaren')
  expect(await drafts()).toEqual([])
  await sends('naam;e-mail\n')
  expect(await drafts()).toHaveLength(1)
  await sweepDrafts(nobody(portal, slug))
  expect(await drafts()).toHaveLength(1)
  portal.forward('PT61M')
  await sweepDrafts(nobody(portal, slug))
  expect(await drafts()).toEqual([])
})

test('a step-up in between keeps what was typed as well; passwords and codes are never kept', async () => {
  const who = await somebody(portal, slug)
  const person = await enters(who)
  await person.go('/profile/email')
  await person.fill({ email: 'ergens@anders.example' })
  portal.forward('PT6M')
  await person.press()
  expect(await person.at()).toBe('/step-up')
  await person.fill({ password: 'blauwe?fiets-op-zolder' })
  await person.press()
  expect([await person.at(), field(person, 'email')]).toEqual(['/profile/email', 'ergens@anders.example'])

  await person.go('/profile/password')
  await person.fill({
    current: 'blauwe?fiets-op-zolder',
    password: 'een Geheime zin van 2026',
    repeat: 'een Geheime zin van 2026',
  })
  portal.forward('PT31M')
  await person.press()
  expect(person.status()).toBe(401)
  expect(await drafts()).toEqual([])
})

test('what is a secret follows from its schema: no field that proves who somebody is, and no file, is ever kept', () => {
  const posted = portal.services.modules.routes({ production: false }).filter(({ route }) => route.method === 'post')
  const fields = posted.flatMap(({ at, route }) =>
    Object.entries((route.schema as unknown as { shape?: Record<string, unknown> }).shape ?? {}).map(
      ([name, schema]) => ({ at, name, kept: mayBeKept(schema) }),
    ),
  )
  const secret = /pass|repeat|current|code$|answer|token|file|subscription|^id$/i
  // What wakes a browser is asked of a device, which has no session.
  expect(fields.filter(({ at, name, kept: is }) => is && secret.test(name) && at !== '/approve/push')).toEqual([])
  expect(fields.filter(({ kept: is }) => is).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['name', 'email', 'phone', 'question', 'list']),
  )
})

test.each([true, false])(
  'in a browser (JavaScript: %s) what was typed is there again after signing in',
  async (javaScript) => {
    const who = await somebody(portal, slug)
    const person = await browserPerson(portal, slug, { javaScript })
    await entersWith(person, who)
    await person.go(page)
    await person.fill({ name: typed })
    portal.forward('PT31M')
    await person.press()
    await person.page.waitForSelector('main form[action="/sign-in"]')
    expect(await person.reads()).toContain('Log in, dan staat er nog wat u had ingevuld')
    await person.fill({ identifier: who.identifier, password: 'blauwe?fiets-op-zolder' })
    await person.press()
    expect(await person.at()).toBe(page)
    expect(await person.page.locator('main [name=name]').inputValue()).toBe(typed)
    expect(await person.words('.banner')).toContain(kept)
    await person.close()
  },
)
