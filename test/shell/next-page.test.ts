import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'node-html-parser'
import { browserPerson, closeBrowser, type BrowserPerson } from '../support/browser.ts'
import { Client } from '../support/client.ts'
import { httpPerson, type HttpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { enters, entersWith, invitedTo, somebody } from '../support/somebody.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

/** Sends the form of this button as htmx does, and follows nothing. */
async function sends(person: HttpPerson, which?: string, headers: Record<string, string> = {}) {
  const { action, fields } = person.form(which)
  return person.ask(action, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      'sec-fetch-dest': 'empty',
      'hx-request': 'true',
      referer: portal.url('vandam', await person.at()),
      ...headers,
    },
  })
}

test('a step that succeeds answers with the page it leads to: its address, title, message and what stands around it', async () => {
  const who = await somebody(portal, 'vandam')
  const person = await enters(who)
  await person.go('/profile/name')
  await person.fill({ name: 'Iemand Nieuw' })
  const { status, headers, text } = await sends(person)
  const page = parse(text)
  expect([status, headers['hx-push-url'], headers['hx-redirect']]).toEqual([200, '/profile', undefined])
  expect(page.querySelector('title')?.text).toMatch(/^Mijn gegevens – /)
  expect(page.querySelector('html, main, script')).toBeNull()
  expect(page.querySelector('.banner--success')?.text).toContain('naam')
  expect(page.querySelectorAll('[hx-swap-oob]').map(({ id }) => id)).toEqual(
    expect.arrayContaining(['tabs', 'todo', 'languages', 'timeout', 'side', 'footer']),
  )
  expect(page.querySelector('#languages [name=back]')?.getAttribute('value')).toBe('/profile')
  // Said here, so not once more.
  await person.go('/profile')
  expect(await person.sees('.banner--success')).toBe(false)
  expect(await person.reads()).toContain('Iemand Nieuw')
})

test('a mistake is the same form once more, at its own address; without htmx a step is 303 as ever', async () => {
  const person = await enters(await somebody(portal, 'vandam'))
  await person.go('/profile/name')
  await person.fill({ name: '' })
  const wrong = await sends(person)
  expect([wrong.status, wrong.headers['hx-push-url']]).toEqual([422, undefined])
  await person.fill({ name: 'Iemand Gewoon' })
  const plain = await sends(person, undefined, { 'hx-request': 'false' })
  expect([plain.status, plain.headers.location]).toEqual([303, '/profile'])
})

test('what leaves the shell is an address: signing in, a step-up, signing out, a session that ended', async () => {
  const who = await somebody(portal, 'vandam')
  const person = httpPerson(portal, 'vandam')
  await person.go('/sign-in')
  await person.fill({ identifier: who.identifier, password: 'blauwe?fiets-op-zolder' })
  const goes = async (which?: string) => {
    const { status, headers, text } = await sends(person, which)
    return [status, headers['hx-redirect'], headers['hx-push-url'], text]
  }
  expect(await goes()).toEqual([204, '/home', undefined, ''])
  await person.go('/profile/email')
  portal.forward('PT6M')
  await person.fill({ email: `nieuw-${who.email}` })
  expect(await goes()).toEqual([204, '/step-up', undefined, ''])
  await person.go('/step-up')
  await person.fill({ password: 'blauwe?fiets-op-zolder' })
  // A new session, and the page with what was typed there: once, so not lost in an answer nobody looks at.
  expect(await goes()).toEqual([204, '/profile/email', undefined, ''])
  await person.go('/profile/email')
  expect(person.page().querySelector('main [name=email]')?.getAttribute('value')).toBe(`nieuw-${who.email}`)
  expect(await goes('/sign-out')).toEqual([204, '/sign-in', undefined, ''])
})

test('the page that comes along passes the same authorization; where it is none, its address is all there is', async () => {
  const person = await enters(await somebody(portal, 'vandam'))
  portal.forward('PT20M')
  const asks = async (back: string) => {
    await person.go('/home')
    const token = person.page().querySelector('[name=_csrf]')!.getAttribute('value')!
    const { status, headers, text } = await person.ask('/language', {
      method: 'POST',
      body: new URLSearchParams({ _csrf: token, language: 'nl', back }).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        'hx-request': 'true',
      },
    })
    return [status, headers['hx-redirect'] ?? headers['hx-push-url'], text === '']
  }
  expect(await asks('/profile/name')).toEqual([200, '/profile/name', false])
  expect(await asks('/profile/email'), 'without a fresh step-up').toEqual([204, '/step-up', true])
  for (const back of ['/staff/people', '/bestaat/niet', '/dev/outbox', '/dev/outbox.json', '/static/icon.svg'])
    expect(await asks(back), back).toEqual([204, back, true])
})

/** The requests that a page makes of the portal itself from here on. */
function requestsOf(person: BrowserPerson): string[] {
  const made: string[] = []
  person.page.on('request', (request) => {
    if (!request.url().includes('/static/')) made.push(`${request.method()} ${new URL(request.url()).pathname}`)
  })
  return made
}

test('in a browser a step is one request, the reader is at the heading, and back is the page before', async () => {
  const who = await somebody(portal, 'vandam')
  const person = await entersWith(await browserPerson(portal, 'vandam', { javaScript: true }), who)
  await person.go('/profile/name')
  await person.fill({ name: 'Iemand Snel' })
  const made = requestsOf(person)
  await person.press()
  expect(made).toEqual(['POST /profile/name'])
  expect([await person.at(), await person.page.title()]).toEqual([
    '/profile',
    expect.stringMatching(/^Mijn gegevens – /),
  ])
  expect(await person.page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  expect(await person.words('.banner')).toContain('naam')
  expect(await person.page.locator('#timeout').getAttribute('data-after')).toBe('/profile')
  await person.page.goBack()
  await person.page.waitForSelector('main [name=name]')
  expect([await person.at(), await person.page.locator('main [name=name]').inputValue()]).toEqual([
    '/profile/name',
    'Iemand Snel',
  ])
  await person.page.goForward()
  await person.page.waitForFunction(
    () => location.pathname === '/profile' && !document.querySelector('main [name=name]'),
  )
  await person.close()
})

test.each([true, false])('an activation (JavaScript: %s) walks from step to step', async (javaScript) => {
  const client: Client = await invitedTo(portal, 'kring')
  const person = await browserPerson(portal, 'kring', { javaScript })
  await person.go(await client.link())
  const made = requestsOf(person)
  await client.until(person, 'home')
  const steps = made.filter((each) => each.startsWith('POST /onboarding')).length
  const pages = made.filter((each) => each.startsWith('GET /onboarding')).length
  expect(steps).toBeGreaterThan(2)
  // The first of them is led to by the mailed link, where the session begins.
  if (javaScript) expect(pages).toBeLessThan(steps)
  else expect(pages).toBeGreaterThanOrEqual(steps)
  await person.close()
})
