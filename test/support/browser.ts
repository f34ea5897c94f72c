import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import type { TestPortal } from './portal.ts'
import type { Person } from './person.ts'

/** Answers that are no fault of the page: a form with a mistake in it. */
const expected = /the server responded with a status of 4\d\d/
let running: Promise<Browser> | null = null

/** The one browser of this test file; closed with `closeBrowser`. */
export function browser(): Promise<Browser> {
  const { path, args } = inject('browserProgram')
  return (running ??= chromium.launch({ executablePath: path, args, headless: true }))
}
export async function closeBrowser(): Promise<void> {
  await (await running)?.close()
  running = null
}

/** Everything a page complains about (console, scripts, content security policy) lands in the list. */
export function listen(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text()))
      complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
}

export interface BrowserPerson extends Person {
  page: Page
  context: BrowserContext
}

/** A person with a real browser, with or without JavaScript. */
export async function browserPerson(
  portal: TestPortal,
  slug: string,
  { javaScript }: { javaScript: boolean },
): Promise<BrowserPerson> {
  const context = await (await browser()).newContext({
    javaScriptEnabled: javaScript,
    locale: 'nl-NL',
    deviceScaleFactor: 2,
    viewport: { width: 1100, height: 900 },
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  let last = 0
  listen(page, complaints)
  page.on('response', (response) => {
    if (
      (['document', 'xhr', 'fetch'].includes(response.request().resourceType()) && response.status() < 300) ||
      response.status() >= 400
    )
      last = response.status()
  })

  /** Does something that leads to another page or another inside of this page, and waits for it. */
  async function leads(act: () => Promise<unknown>): Promise<void> {
    if (!javaScript) {
      await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), act()])
      return
    }
    await page.evaluate(() => document.querySelector('main > *')?.setAttribute('data-before', ''))
    await act()
    await page.waitForFunction(
      () => document.readyState === 'complete' && !document.querySelector('[data-before], .htmx-request'),
    )
  }

  async function button(which?: string) {
    const selector = which?.startsWith('/')
      ? `form[action="${which}"] button[type=submit]:not([formaction]), button[formaction="${which}"]`
      : which
        ? `button[type=submit][value="${which}"]`
        : 'main form[method=post] button[type=submit]'
    const found = page.locator(selector).first()
    if (!(await found.count()))
      throw new Error(`there is no button ${which ?? ''} at ${page.url()}:\n${await page.locator('main').innerText()}`)
    if (!(await found.isVisible())) await page.locator('details', { has: found }).locator('summary').click()
    return found
  }

  const clean = (words: string) => words.replace(/\s+/g, ' ').trim()
  const goTo = async (address: string) =>
    void (await page.goto(address.startsWith('http') ? address : portal.url(slug, address), { waitUntil: 'load' }))
  return {
    page,
    context,
    go: goTo,
    at: async () => new URL(page.url()).pathname,
    status: () => last,
    reads: async () => clean(await page.locator('main').innerText()),
    heading: async () => clean(await page.locator('h1').first().innerText()),
    sees: async (selector) => (await page.locator(selector).count()) > 0,
    words: async (selector) => clean(await page.locator(selector).first().innerText()),
    async fill(fields) {
      for (const [name, value] of Object.entries(fields)) {
        const field = page.locator(`main [name="${name}"]`).first()
        const type = await field.getAttribute('type')
        if (typeof value === 'boolean') await field.setChecked(value)
        else if (type === 'radio') await page.locator(`main [name="${name}"][value="${value}"]`).check()
        else if (await field.evaluate((element) => element.tagName === 'SELECT')) await field.selectOption(value)
        else await field.fill(value)
      }
    },
    press: async (which) => {
      const found = await button(which)
      await leads(() => found.click())
    },
    follow: async (which) => {
      const link = page.locator(which.startsWith('/') ? `a[href^="${which}"]` : which).first()
      await leads(() => link.click())
    },
    mistakes: async () =>
      Object.fromEntries(
        await Promise.all(
          (await page.locator('.govuk-error-summary__list li').all()).map(async (line) => {
            const link = line.locator('a')
            return [
              (await link.count()) ? (await link.getAttribute('href'))?.slice(1) : '',
              clean(await line.innerText()),
            ]
          }),
        ),
      ),
    picture: async (selector) => page.locator(selector).screenshot(),
    back: async () => void (await page.goBack({ waitUntil: 'load' })),
    async close() {
      await context.close()
      expect(complaints, 'what the browser complained about').toEqual([])
    },
  }
}
