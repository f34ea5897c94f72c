import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserPerson, closeBrowser } from '../support/browser.ts'
import { invitedTo } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

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
    'kring',
    'nl',
    [
      'Reservecode voor Kring Beoordelaars',
      'Noor de Wit',
      'november 2026',
      'Met deze code logt u in',
      'Geef de code aan niemand',
    ],
  ],
  [
    'kring',
    'en',
    [
      'Backup code for Kring Beoordelaars',
      'Noor de Wit',
      'November 2026',
      'Use this code to sign in',
      'Never give the code to anybody',
    ],
  ],
] as const)(
  '%s, on paper and in the file (%s): which firm, whose, when and what for, and nothing else of the page',
  async (slug, language, says) => {
    const client = await invitedTo(portal, slug, { language })
    const person = await browserPerson(portal, slug, { javaScript: true })
    const { page } = person
    await person.go(await client.link())
    for (let at = await client.page(person); at !== 'backupCode'; at = await client.page(person))
      await client.answer(person)
    const code = await person.words('#backup')
    await page.emulateMedia({ media: 'print' })
    const paper = await page.locator('body').innerText()
    for (const words of [...says, client.email, code]) expect(paper).toContain(words)
    for (const part of ['.masthead', 'aside.panel', 'footer', '.secret__acts', 'main form', 'h1', '.progress'])
      expect(await page.locator(part).first().isVisible(), part).toBe(false)
    if (process.env.SHOTS) await page.pdf({ path: `${process.env.SHOTS}/paper-${language}.pdf` }).catch(() => {})
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/paper-${language}.png`, fullPage: true })
    await page.emulateMedia({ media: 'screen' })
    expect(await page.locator('.paper').first().isVisible()).toBe(false)
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-download]').click()])
    const text = await readFile(await download.path(), 'utf8')
    for (const words of [...says, client.email, code]) expect(text).toContain(words)
    expect(text.split('\r\n').length).toBeGreaterThan(8)
    await person.close()
  },
)
