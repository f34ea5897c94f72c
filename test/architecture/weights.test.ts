import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allShots } from '../../src/modules/development/gallery.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { ask } from '../support/http.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** What travels, in bytes: gzip as every proxy does it. */
const weight = (body: Buffer) => gzipSync(body).length
const kilobytes = 1024
const most = { html: 15 * kilobytes, css: 16 * kilobytes, script: 18 * kilobytes }

test('no page is heavy, at any firm, in any state', async () => {
  const heavy: string[] = []
  for (const { slug } of portal.tenants)
    for (const { module, view, state } of await allShots(portal.services.modules)) {
      const { status, body } = await ask(portal, slug, `/dev/pages/${module}/${view}/${state}`)
      expect(status, `${slug} ${module}/${view}/${state}`).toBe(200)
      if (weight(body) > most.html) heavy.push(`${slug} ${module}/${view}/${state}: ${weight(body)}`)
    }
  expect(heavy).toEqual([])
})

test('styles and script together stay small, and may be kept for ever under their hashed names', async () => {
  for (const { slug } of portal.tenants) {
    const { text } = await ask(portal, slug, '/sign-in')
    const names = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name!)
    const sum = async (all: string[]) => {
      let total = 0
      for (const name of all) {
        const { status, body, headers } = await ask(portal, slug, name)
        expect([status, headers['cache-control']], name).toEqual([200, expect.stringContaining('immutable')])
        total += weight(body)
      }
      return total
    }
    const styles = names(/<link rel="stylesheet" href="([^"]+)"/g)
    const scripts = names(/<script src="([^"]+)"/g)
    expect(styles.length * scripts.length).toBeGreaterThan(0)
    // The page itself is one more; a firm may hang a picture of its own beside it.
    const first = [...new Set(names(/(?:href|src)="(\/static\/[^"]+)"/g))]
    expect(first.filter((name) => !name.includes('/picture.')).length, slug).toBeLessThan(5)
    expect((await sum(first)) + weight(Buffer.from(text)), slug).toBeLessThanOrEqual(50 * kilobytes)
    expect(await sum(styles), slug).toBeLessThanOrEqual(most.css)
    expect(await sum(scripts), slug).toBeLessThanOrEqual(most.script)
  }
})
