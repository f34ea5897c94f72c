import { createECDH } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserPerson, closeBrowser, type BrowserPerson } from '../support/browser.ts'
import { joins, offersJoin } from '../support/prompt-device.ts'
import { enters, somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const firm = 'loonhuis'
const keys = createECDH('prime256v1')
keys.generateKeys()

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal({
    env: {
      VAPID_PUBLIC_KEY: keys.getPublicKey().toString('base64url'),
      VAPID_PRIVATE_KEY: keys.getPrivateKey().toString('base64url').padStart(43, 'A'),
      VAPID_SUBJECT: 'mailto:beheer@portaal.example',
    },
  })
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

async function phoneOf(javaScript: boolean): Promise<BrowserPerson> {
  const phone = await browserPerson(portal, firm, { javaScript })
  await phone.page.setViewportSize({ width: 390, height: 844 })
  await joins(phone, await offersJoin(await enters(await somebody(portal, firm))))
  return phone
}

test('the signal is offered where a browser can; the worker is ours, for this page only; a browser that cannot after all is told what can be done', async () => {
  const phone = await phoneOf(true)
  await phone.context.grantPermissions(['notifications'], { origin: portal.url(firm, '') })
  await phone.page.locator('[data-waking] button').click()
  // No push service can be reached from here: the browser says no, and the page says what can be done.
  await phone.page.waitForFunction(() => document.querySelector('[data-failed]:not([hidden])') !== null)
  const scope = await phone.page.evaluate(
    async () => (await navigator.serviceWorker.getRegistration('/approve'))?.scope,
  )
  expect(scope).toBe(portal.url(firm, '/approve'))
  // Chrome itself complains about the Push API in a context like this one; of our own there is nothing to complain
  // about.
  const said = await phone.close().catch((error: { actual?: unknown }) => error.actual)
  expect(said).toEqual([expect.stringContaining('Push API in incognito')])
})

test('without JavaScript nothing of it is in the way', async () => {
  const phone = await phoneOf(false)
  expect(await phone.page.locator('[data-waking]').isVisible()).toBe(false)
  await phone.close()
})
