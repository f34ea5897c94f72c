import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { browserPerson, closeBrowser } from '../support/browser.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

test.each([
  [
    'nl',
    'Bezig met versturen',
    'Het ligt niet aan u: het portaal heeft even een storing.',
    'Controleer uw internetverbinding',
  ],
  ['en', 'Sending', 'It is not you: the portal is having trouble right now.', 'Check your internet connection'],
] as const)(
  'in %s: sending is said on the button, trouble of the server is not called the reader’s connection, and no answer is',
  async (language, sending, trouble, connection) => {
    const person = await browserPerson(portal, 'kring', { javaScript: true })
    const { page, context } = person
    await person.go(`/sign-in?language=${language}`)
    await person.fill({ identifier: 'iemand@voorbeeld.example', password: 'wat ook maar' })
    const button = page.locator('main form[action="/sign-in"] button.govuk-button[type=submit]')
    const live = page.locator('#live')
    for (const status of [502, 503, 504]) {
      let answer = () => {}
      await page.route(
        '**/sign-in',
        async (route) => {
          await new Promise<void>((resolve) => {
            answer = resolve
          })
          await route.fulfill({ status, contentType: 'text/html', body: '<h1>Bad gateway</h1>' })
        },
        { times: 1 },
      )
      await button.click()
      await page.locator('main form[aria-busy] button[data-sending]').waitFor()
      expect(await button.evaluate((each) => getComputedStyle(each, '::after').content)).toContain(sending)
      expect(await live.innerText()).toBe(sending)
      answer()
      await page.locator('main form:not([aria-busy])').first().waitFor()
      await expect.poll(() => live.innerText()).toContain(trouble)
      expect(await page.locator('button[data-sending]').count()).toBe(0)
    }
    expect(await page.locator('#identifier').inputValue()).toBe('iemand@voorbeeld.example')
    await context.setOffline(true)
    await button.click()
    await expect.poll(() => live.innerText()).toContain(connection)
    await context.close()
  },
)
