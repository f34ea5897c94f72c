import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { digestOf, type Section } from '../../src/modules/terms/policy.ts'
import { root } from '../architecture/sources.ts'
import { otherChoices } from '../support/choices.ts'
import { httpPerson } from '../support/http.ts'
import { parsePolicy } from '../support/policy.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { enters, givesPassword, invitedTo, somebody } from '../support/somebody.ts'
import { signsIn } from '../support/staff.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await openTestPortal()
})
afterEach(() => portal.close())

const file = JSON.parse(readFileSync(join(root, 'tenants/loonhuis/tenant.json'), 'utf8')) as {
  terms: { version: string; nl: Section[]; en: Section[] }
  onboarding: { activation: { step: string }[] }
}
const lines = (id: string) =>
  portal.sql<{ detail: Record<string, string> }>(
    `select detail from audit_line where subject = $1 and action = 'terms.accepted' order by seq`,
    [id],
  )

test('whoever is invited reads the text and agrees; which text is in the log, and shown to them and to staff', async () => {
  const client = await invitedTo(portal, 'loonhuis')
  const person = httpPerson(portal, 'loonhuis')
  await person.go(await client.link())
  await client.until(person, 'terms')
  expect(await person.reads()).toContain(file.terms.nl[0]!.title)
  expect(await person.reads()).toContain('1 november 2026')
  await person.press()
  expect(Object.keys(await person.mistakes())).toEqual(['agreed'])
  await client.until(person, 'home')
  expect((await lines(client.id)).map(({ detail }) => detail)).toEqual([
    { version: '2026-11-01', text: digestOf(file.terms.nl), language: 'nl' },
  ])
  await person.go('/profile')
  expect(await person.reads()).toContain('Tekst van 1 november 2026')
  await person.go('/terms')
  expect(await person.reads()).toContain(file.terms.nl[2]!.title)
  expect((await person.ask('/terms/2020-01-01')).status).toBe(404)
  const staff = httpPerson(portal, 'loonhuis')
  await signsIn(portal, 'loonhuis', staff)
  await staff.go(`/staff/people/${client.id}`)
  expect(await staff.reads()).toContain('Tekst van 1 november 2026')
})

test('a new version is asked again from its day, with the firm’s grace; the old text stays to be read', async () => {
  const who = await somebody(portal, 'loonhuis')
  const newer = { ...file.terms, version: '2027-03-01', nl: [{ title: 'Nieuw', text: 'Een nieuwe regel.' }] }
  const long = { session: { idle: 'PT12H', most: 'PT24H' } }
  await portal.restart({ env: await otherChoices('loonhuis', { terms: newer, ...long }), at: '2027-02-01T09:00:00Z' })
  expect(await (await enters(who)).at(), 'before its day').toBe('/home')
  portal.forward('P30D')
  const person = await enters(who)
  expect(await person.at()).toBe('/onboarding/stricter')
  expect(await person.reads()).toContain('voorwaarden zijn veranderd')
  expect(await person.reads()).toContain('nog 12 dagen')
  await person.press('later')
  expect(await person.at()).toBe('/home')
  portal.forward('P13D')
  const late = await enters(who)
  expect(await late.sees('main [value=later]')).toBe(false)
  await late.press()
  expect(await late.reads()).toContain('Een nieuwe regel.')
  await late.fill({ agreed: true })
  await late.press()
  expect(await late.at()).toBe('/home')
  expect((await lines(who.id)).at(-1)?.detail.version).toBe('2027-03-01')
  await late.go('/terms/2026-11-01')
  expect(await late.reads()).toContain(file.terms.nl[0]!.title)
  portal.forward('P2D')
  expect(await (await enters(who)).at(), 'asked once').toBe('/home')
})

test('a text that changed while somebody read is read again: a form agrees only to what it showed', async () => {
  const who = await somebody(portal, 'loonhuis', { state: 'existing' })
  const person = httpPerson(portal, 'loonhuis')
  await givesPassword(person, who)
  expect(await person.at()).toBe('/onboarding/terms')
  await portal.restart({ env: await otherChoices('loonhuis', { terms: { ...file.terms, version: '2026-11-15' } }) })
  await person.fill({ agreed: true })
  await person.press()
  expect(await person.reads()).toContain('De tekst is net veranderd')
  expect(await lines(who.id)).toEqual([])
  await person.fill({ agreed: true })
  await person.press()
  expect((await lines(who.id)).map(({ detail }) => detail.version)).toEqual(['2026-11-15'])
})

test('what is noted is the language of the text that was shown, whatever another tab chose since', async () => {
  const who = await somebody(portal, 'loonhuis', { state: 'existing' })
  const person = httpPerson(portal, 'loonhuis')
  await givesPassword(person, who)
  expect(await person.reads()).toContain(file.terms.nl[0]!.title)
  await portal.sql(`update account set language = 'en' where id = $1`, [who.id])
  await person.fill({ agreed: true })
  const form = person.form()
  const odd = form.fields.map(([name, value]): [string, string] =>
    name === 'nonce' ? [name, crypto.randomUUID()] : [name, name === 'language' ? 'fr' : value],
  )
  await person.send({ ...form, fields: odd })
  expect(await lines(who.id), 'a language the firm has no text in').toEqual([])
  await person.send(form)
  expect((await lines(who.id)).map(({ detail }) => detail)).toEqual([
    { version: file.terms.version, text: digestOf(file.terms.nl), language: 'nl' },
  ])
})

test('a text without a step, and a step without a text, stop the start', () => {
  const paths = (changed: object) => {
    const read = parsePolicy({ ...file, ...changed })
    return read.ok ? [] : read.issues.map(({ path }) => path)
  }
  const activation = file.onboarding.activation.filter(({ step }) => step !== 'terms')
  expect(paths({})).toEqual([])
  expect(paths({ terms: null })).toEqual(['terms'])
  expect(paths({ onboarding: { activation } })).toEqual(['onboarding.activation'])
  expect(paths({ terms: null, onboarding: { activation } })).toEqual([])
})
