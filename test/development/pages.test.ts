import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from '../support/http.ts'
import { appCodeOf } from '../support/phone.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

test.each(['/', '/dev/firms', '/dev/outbox', '/dev/clock', '/dev/pages'])(
  'the installation’s own page %s is there, with the firms as they are',
  async (at) => {
    const { status, text } = await ask(portal, undefined, at)
    expect([status, text.includes('<h1>')]).toEqual([200, true])
  },
)

test('the outbox shows what the apps of the invented staff show now, and half a minute later something else', async () => {
  const before = await appCodeOf(portal, 'kring', 'hanna@kring.example')
  expect((await ask(portal, undefined, '/dev/outbox')).text).toContain(before)
  portal.forward('PT31S')
  expect(await appCodeOf(portal, 'kring', 'hanna@kring.example')).not.toBe(before)
})
