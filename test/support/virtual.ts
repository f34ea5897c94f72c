import type { CDPSession } from 'playwright-core'
import type { BrowserPerson } from './browser.ts'

/** A device inside the browser that makes and uses passkeys and asks nobody anything (WebAuthn Level 3 §11). */
export interface Virtual {
  /** Puts another, empty one in its place: as if the person sat at another device. */
  swap(): Promise<void>
  /** Whether it recognises its owner from now on. */
  recognises(verified: boolean): Promise<void>
  /** How many passkeys it holds. */
  holds(): Promise<number>
  /** Presses the button for a passkey, and waits for the page that follows. */
  press(): Promise<void>
  /** Presses it, and waits for the words that nothing came of it. */
  fails(): Promise<string>
}

const device = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const

/** Gives this person's browser such a device. */
export async function virtual({ page, context }: BrowserPerson): Promise<Virtual> {
  const browser: CDPSession = await context.newCDPSession(page)
  await browser.send('WebAuthn.enable')
  const add = async () => (await browser.send('WebAuthn.addVirtualAuthenticator', { options: device })).authenticatorId
  let id = await add()
  const button = page.locator('[data-passkey] button')
  return {
    async swap() {
      await browser.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: id })
      id = await add()
    },
    recognises: async (isUserVerified) =>
      void (await browser.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified })),
    holds: async () => (await browser.send('WebAuthn.getCredentials', { authenticatorId: id })).credentials.length,
    async press() {
      await page.evaluate(() => document.querySelector('main > *')?.setAttribute('data-before', ''))
      await button.click()
      await page.waitForFunction(
        () => document.readyState === 'complete' && !document.querySelector('[data-before], .htmx-request'),
      )
    },
    async fails() {
      await button.click()
      const says = page.locator('[data-passkey] [role=alert]:not([hidden])')
      await says.waitFor()
      return says.innerText()
    },
  }
}
