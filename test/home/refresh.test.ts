import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserPerson, closeBrowser } from '../support/browser.ts'
import { entersWith, somebody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(async () => {
  await closeBrowser()
  await portal.close()
})

test('a widget fetches itself again, keeps no session alive by it, and rests while somebody is in it', async () => {
  const who = await somebody(portal, 'vandam', {})
  const person = await browserPerson(portal, 'vandam', { javaScript: true })
  await person.page.clock.install()
  await entersWith(person, who)
  await person.go('/home')
  const seen = async () =>
    (
      await portal.sql<{ at: string }>(
        'select max(last_seen_at)::text as at from portal_session where account_id = $1',
        [who.id],
      )
    )[0]!.at
  const before = await seen()
  const rows = person.page.locator('#widget-todo-content .row')
  const shown = await rows.count()
  portal.forward('PT5M')

  // The address stops working while the page is open.
  await portal.sql('update account set mail_failed_at = $1 where id = $2', [
    new Date(portal.services.clock.now().epochMilliseconds),
    who.id,
  ])
  await person.page.locator('#widget-todo-content :is(a, button)').first().focus()
  await person.page.clock.runFor(121_000)
  expect(await rows.count(), 'somebody is in it').toBe(shown)
  await person.page.evaluate(() => (document.activeElement as HTMLElement).blur())
  const fetched = person.page.waitForResponse((response) => response.url().endsWith('/home/widgets/todo'))
  await person.page.clock.runFor(121_000)
  expect((await fetched).status()).toBe(200)
  await expect.poll(() => rows.count()).toBe(shown + 1)
  expect(await person.page.locator('#widget-todo-content a[href="/profile/email"]').count()).toBe(1)
  expect(await seen(), 'nobody asked for it').toBe(before)
  await person.close()
})
