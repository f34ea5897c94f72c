import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { browserPerson, closeBrowser, type BrowserPerson } from '../support/browser.ts'
import { enters, entersWith, somebody, type Somebody } from '../support/somebody.ts'
import { ask, httpPerson } from '../support/http.ts'
import { signsIn } from '../support/staff.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})
const people: BrowserPerson[] = []
afterEach(async () => {
  for (const each of people.splice(0)) await each.close()
})

async function inBrowser(javaScript: boolean, who: Somebody): Promise<BrowserPerson> {
  const person = await browserPerson(portal, who.slug, { javaScript })
  people.push(person)
  await person.page.clock.install({ time: new Date('2026-11-20T10:00:00Z') })
  return entersWith(person, who)
}
/** Time goes by, for the installation and for the page. */
async function passes(person: BrowserPerson, minutes: number): Promise<void> {
  portal.forward(`PT${minutes}M`)
  await person.page.clock.fastForward(minutes * 60_000)
}

test('the page warns, stays when asked to, and is blank when the session is over; signing in leads back to it', async () => {
  const who = await somebody(portal, 'vandam')
  const person = await inBrowser(true, who)
  await person.go('/profile?van=menu')
  const dialog = person.page.locator('dialog.timeout')
  expect(await dialog.isVisible()).toBe(false)
  await passes(person, 29)
  expect(await dialog.innerText()).toContain('Ingelogd blijven')
  await dialog.getByRole('button', { name: 'Ingelogd blijven' }).click()
  await expect.poll(() => dialog.isVisible()).toBe(false)
  await passes(person, 29)
  expect(await dialog.isVisible()).toBe(true)
  await passes(person, 2)
  const left = await person.page.evaluate(() => `${document.title} ${document.body.innerText}`)
  expect(left).toContain('U bent uitgelogd')
  expect(left).not.toContain('Ingelogd blijven')
  expect(await person.page.content()).not.toContain(who.name)
  await person.page.keyboard.press('Escape')
  expect(await dialog.isVisible()).toBe(true)
  await dialog.getByRole('link', { name: 'Inloggen' }).click()
  await person.page.waitForURL('**/sign-in')
  await person.fill({ identifier: who.identifier, password: 'blauwe?fiets-op-zolder' })
  await person.press()
  expect(new URL(person.page.url()).pathname + new URL(person.page.url()).search).toBe('/profile?van=menu')
})

test('a computer that slept shows the end when it wakes, and the very end of a session cannot be put off', async () => {
  const who = await somebody(portal, 'vandam')
  const person = await inBrowser(true, who)
  await person.go('/profile')
  await person.page.clock.setSystemTime(new Date('2026-11-20T11:00:00Z'))
  await person.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  expect(await person.page.locator('body').innerText()).toContain('U bent uitgelogd')
  const most = Number(/data-most="(\d+)"/.exec((await (await enters(who)).ask('/home')).text)![1])
  expect(most).toBe(12 * 3600)
})

test.each([true, false])(
  'what is not there, and what goes wrong, keeps the portal around it for who is signed in (JavaScript: %s)',
  async (javaScript) => {
    const who = await somebody(portal, 'vandam')
    const person = await inBrowser(javaScript, who)
    for (const at of ['/bestaat/niet', '/staff/people', '/profile/apps/1/name']) {
      await person.go(at)
      expect(person.status(), at).toBe(404)
      expect(await person.heading()).toBe('Deze pagina is er niet')
      expect(await person.sees('form[action="/sign-out"]'), at).toBe(true)
      expect(await person.words('header')).toContain('Mijn gegevens')
    }
    await person.follow('header a[href="/home"], header a[href="/"]')
    expect(await person.at()).toBe('/home')
  },
)

test('a form that is refused keeps the portal too; who is nobody gets the plain page, and good news is not used up', async () => {
  const person = httpPerson(portal, 'vandam')
  await signsIn(portal, 'vandam', person)
  const refused = await person.ask('/profile/name', {
    method: 'POST',
    body: '_csrf=iets&name=x',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
  expect([refused.status, refused.text.includes('action="/sign-out"')]).toEqual([403, true])
  const nobody = await ask(portal, 'vandam', '/bestaat/niet')
  expect([nobody.status, nobody.text.includes('action="/sign-out"')]).toEqual([404, false])

  await person.go('/profile/name')
  await person.fill({ name: 'Anouk Lems-Bos' })
  const { action, fields } = person.form()
  const sent = await person.ask(action, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
  expect(sent.status).toBe(303)
  expect((await person.ask('/favicon.ico')).status).toBe(404)
  await person.go(String(sent.headers.location))
  expect(await person.sees('.banner--success')).toBe(true)
})
