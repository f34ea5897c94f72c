import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { arranged } from '../../src/modules/home/index.ts'
import { browser, closeBrowser, listen } from '../support/browser.ts'
import { enters, somebody } from '../support/somebody.ts'
import { slugs } from '../architecture/sources.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

const part = (text: string, current = false) => ({ text, href: '/home', icon: 'house', current })

describe('which tabs have room is known from their words', () => {
  const words = [
    'Home',
    'Dossier',
    'Documenten',
    'Berichten',
    'Afspraken',
    'Akkoord geven',
    'Aangiften en aanslagen',
    'Verzuim en verlof',
    'Mensen',
    'Instellingen',
  ]
  test('in reading order, and the last ones go first', () => {
    const { all, room } = arranged(words.map((text) => part(text)))
    expect(all.map(({ text }) => text)).toEqual(words)
    expect(all.map((tab) => tab.room)).toEqual(all.map((tab) => tab.room).sort((a, b) => a - b))
    expect(room).toBeGreaterThanOrEqual(all.at(-1)!.room)
  })
  test('but never the one somebody is in, nor the first', () => {
    const { all } = arranged(words.map((text, at) => part(text, at === 9)))
    expect(all[9]!.room).toBeLessThan(all[1]!.room)
    expect(all[0]!.room).toBeLessThan(all[9]!.room)
  })
  test('two tabs stand in the narrowest bar there is room for both, without "More"', () => {
    const { all, room } = arranged([part('Home', true), part('Mensen')])
    expect(all.map((tab) => tab.room <= room)).toEqual([true, true])
    expect(room).toBeLessThanOrEqual(24)
  })
})

test('the header says what waits, leads to oneself by "Mijn gegevens", and the menu is a page with everything', async () => {
  const who = await somebody(portal, 'vandam', { kind: 'staff' })
  const person = await enters(who)
  await person.go('/home')
  const tasks = async () => {
    await person.go('/todo')
    return person.page().querySelectorAll('main .row').length
  }
  const header = () => person.page().querySelector('.masthead')!
  const own = header().querySelector('.tools a[href="/profile"]')!.text.trim()
  expect(own).toBe('Mijn gegevens')
  const open = await tasks()
  expect(header().querySelector('.todo .count')?.text ?? '0').toBe(String(open))
  await portal.sql('update account set mail_failed_at = now() where id = $1', [who.id])
  expect(await tasks()).toBe(open + 1)
  expect(header().querySelector('.todo .count')!.text).toBe(String(open + 1))

  await person.go('/menu')
  const main = person.page().querySelector('main')!
  const links = main.querySelectorAll('a').map((link) => link.getAttribute('href'))
  expect(links).toEqual(['/home', '/staff/people', '/todo', '/profile', '#help'])
  expect(main.querySelectorAll('form').map((form) => form.getAttribute('action'))).toEqual(['/language', '/sign-out'])
  expect(person.page().querySelector('#help')).not.toBeNull()
})

/** Pages of a portal with ten modules, as the gallery shows it. */
const ten = '/dev/pages/home/home/tenModules'
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const shown = (page: Page, selector: string) => page.locator(selector).filter({ visible: true }).allInnerTexts()
const height = async (page: Page) => (await page.locator('.masthead').boundingBox())!.height

async function opened(javaScriptEnabled: boolean, act: (page: Page) => Promise<void>): Promise<void> {
  const complaints: string[] = []
  const context = await (await browser()).newContext({ javaScriptEnabled, locale: 'nl-NL', reducedMotion: 'reduce' })
  const page = await context.newPage()
  listen(page, complaints)
  await act(page)
  await context.close()
  expect(complaints).toEqual([])
}
async function at(page: Page, slug: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 })
  await page.goto(portal.url(slug, ten), { waitUntil: 'load' })
}

test.each(slugs())(
  'ten modules at %s: one row on a phone, tabs and "More" on a desk, the same with and without script',
  async (slug) => {
    const heights: Record<string, number[]> = {}
    for (const script of [true, false])
      await opened(script, async (page) => {
        for (const width of [1280, 900, 390, 320]) {
          await at(page, slug, width)
          expect(await sideways(page), `${width}`).toBeLessThanOrEqual(0)
          ;(heights[width] ??= []).push(await height(page))
          // What waits is one press away everywhere.
          expect(await page.locator('.todo').isVisible()).toBe(true)
          if (width > 400) continue
          const logo = (await page.locator('.masthead .logo :is(img, span)').boundingBox())!
          expect(logo.width, 'the logo at its full size').toBeGreaterThan(120)
          expect(await height(page)).toBeLessThan(90)
          expect(await shown(page, '.masthead :is(a, button):not(.logo)')).toEqual([
            expect.stringMatching(/12$/),
            'Menu',
          ])
        }
      })
    for (const [width, [withScript, without]] of Object.entries(heights))
      expect(withScript, `nothing jumps at ${width}`).toBe(without)
  },
)

test('without script "Menu" and "More" are links to the page that has everything', () =>
  opened(false, async (page) => {
    for (const [width, opens] of [
      [390, 'menu'],
      [900, 'more'],
    ] as const) {
      await at(page, 'polder', width)
      expect(await page.locator(`a[data-opens=${opens}]`).getAttribute('href')).toBe('/menu')
    }
  }))

test('with script the menu opens in place, with everything, and Escape brings back to its button', () =>
  opened(true, async (page) => {
    await at(page, 'polder', 320)
    const button = page.getByRole('button', { name: 'Menu' })
    expect(await button.getAttribute('aria-expanded')).toBe('false')
    await button.click()
    expect(await button.getAttribute('aria-expanded')).toBe('true')
    expect(await page.locator(`#${await button.getAttribute('aria-controls')}`).isVisible()).toBe(true)
    expect(await shown(page, '.menu :is(a, button)')).toEqual([
      'Home',
      'Dossier',
      'Documenten',
      'Berichten',
      'Afspraken',
      'Akkoord geven',
      'Aangiften en aanslagen',
      'Verzuim en verlof',
      'Mensen',
      'Instellingen',
      'Mijn gegevens',
      'Hulp',
      'English',
      'Uitloggen',
    ])
    expect(await sideways(page)).toBeLessThanOrEqual(0)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    expect(await button.getAttribute('aria-expanded')).toBe('false')
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
    // Pressed twice it is closed again.
    await button.click()
    await button.click()
    expect(await page.locator('#menu').isVisible()).toBe(false)
  }))

test('"More" opens exactly the tabs that have no room, and closes when it is left', () =>
  opened(true, async (page) => {
    const all = [
      'Home',
      'Dossier',
      'Documenten',
      'Berichten',
      'Afspraken',
      'Akkoord geven',
      'Aangiften en aanslagen',
      'Verzuim en verlof',
      'Mensen',
      'Instellingen',
    ]
    for (const width of [1280, 900, 700]) {
      await at(page, 'kring', width)
      const inBar = await shown(page, '.tabs__list > li:not(.tabs__more) > a')
      expect(inBar.length).toBeGreaterThan(1)
      const one = await page.locator('.tabs__list').boundingBox()
      expect(one!.height, 'one row').toBeLessThan(60)
      const more = page.getByRole('button', { name: 'Meer' })
      await more.click()
      expect([...inBar, ...(await shown(page, '#more a'))]).toEqual(all)
      expect(await sideways(page)).toBeLessThanOrEqual(0)
      await page.mouse.click(5, 790)
      expect(await page.locator('#more').count()).toBe(0)
      expect(await more.getAttribute('aria-expanded')).toBe('false')
    }
  }))
