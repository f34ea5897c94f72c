import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allShots, type Shot } from '../../src/modules/development/gallery.ts'
import { browser, closeBrowser, listen } from '../support/browser.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { slugs } from './sources.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const widths = [1280, 390, 320]
/** WCAG 2.2 A and AA, and what axe calls good practice. */
const rules = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}

let portal: TestPortal
let shots: Shot[]
beforeAll(async () => {
  portal = await openTestPortal()
  shots = await allShots(portal.services.modules)
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

interface Axe {
  run(
    context: unknown,
    options: unknown,
  ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>
}

/** What axe has against the page as it stands. */
const violations = (page: Page): Promise<string[]> =>
  page.evaluate(async (options) => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(
      (globalThis as unknown as { document: unknown }).document,
      options,
    )
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
  }, rules)

/** What sticks out at the side. */
const sideways = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const { documentElement: all } = document
    if (all.scrollWidth <= all.clientWidth) return null
    const wide = [...document.querySelectorAll('body *')].find(
      (element) => element.getBoundingClientRect().right > all.clientWidth + 1,
    )
    return `${all.scrollWidth} > ${all.clientWidth}: ${wide?.outerHTML.slice(0, 150)}`
  })

/** Everything at every firm and every width takes half an hour: `LOOK_AT=all npm test`. */
const all = process.env.LOOK_AT === 'all'

/**
 * Which widths axe looks at: every page at every firm in its first state, at the widest and the narrowest in turn;
 * every other state at one firm in turn. Without script every state at one firm in turn, at a phone's width.
 */
function looked(shot: Shot, at: number, slug: string, script: boolean): number[] {
  if (all) return widths
  const first = shots.find(({ module, view }) => module === shot.module && view === shot.view) === shot
  const nth = slugs().indexOf(slug)
  const turn = nth === at % slugs().length
  if (!script) return turn ? [390] : []
  return first || turn ? [(at + nth) % 2 ? 1280 : 320] : []
}

/**
 * Every page at every firm, in every state somewhere: nothing sticks out at any width, axe has nothing to say, the
 * console neither.
 */
export function everyPage({ script }: { script: boolean }): void {
  test.each(slugs())(
    'every page of %s is readable for everybody, at every width',
    async (slug) => {
      const context = await (await browser()).newContext({
        locale: 'nl-NL',
        viewport: { width: 1280, height: 900 },
        reducedMotion: 'reduce',
      })
      const page = await context.newPage()
      const wrong: string[] = []
      // With scripts switched off in the browser axe could not run either; without ours the page is the same.
      if (script) listen(page, wrong)
      else await page.route('**/portal.*.js', (route) => route.abort())
      for (const [index, shot] of shots.entries()) {
        const widthsForAxe = looked(shot, index, slug, script)
        if (!widthsForAxe.length) continue
        const at = `/dev/pages/${shot.module}/${shot.view}/${shot.state}`
        await page.goto(portal.url(slug, at), { waitUntil: 'load' })
        await page.evaluate(axe)
        for (const width of widths) {
          await page.setViewportSize({ width, height: 900 })
          const out = await sideways(page)
          if (out) wrong.push(`${at} at ${width}: ${out}`)
          if (widthsForAxe.includes(width))
            wrong.push(...(await violations(page)).map((what) => `${at} at ${width}: ${what}`))
        }
      }
      await context.close()
      expect([...new Set(wrong)].slice(0, 20)).toEqual([])
    },
    all ? 1_800_000 : 180_000,
  )
}
