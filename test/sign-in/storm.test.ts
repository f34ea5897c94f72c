import { afterAll, beforeAll, expect, test } from 'vitest'
import { Busy } from '../../src/platform/crypto/hash-queue.ts'
import { httpPerson } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

/** As if as many sign-ins were under way as may be. @returns what ends them */
function full(): () => void {
  const rooms: Disposable[] = []
  for (;;) {
    try {
      rooms.push(portal.services.hasher.reserve())
    } catch (error) {
      expect(error).toBeInstanceOf(Busy)
      return () => rooms.splice(0).forEach((room) => room[Symbol.dispose]())
    }
  }
}

test.each(['linde', 'loonhuis'])(
  'in a storm of sign-ins at %s the next is refused before anything is read or counted, and other pages are not',
  async (slug) => {
    const person = httpPerson(portal, slug)
    await person.go('/sign-in')
    if (slug === 'loonhuis') {
      await person.fill({ identifier: 'nobody@example.org' })
      await person.press()
    }
    await person.fill({ ...(slug === 'linde' && { identifier: 'nobody@example.org' }), password: 'verkeerd' })
    const { action, fields } = person.form()
    const before = await portal.sql('select * from attempt')
    const end = full()
    const body = new URLSearchParams(fields).toString()
    const refused = await person.ask(action, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
      body,
    })
    expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([503, true])
    expect(await portal.sql('select * from attempt')).toEqual(before)
    expect((await person.ask('/sign-in/help')).status).toBe(200)
    end()
    // The page they have still works, and each answer gives its room back.
    for (let i = 0; i < 3; i++) await person.send({ action, method: 'post', fields })
    expect(await person.reads()).toMatch(/klopt niet|kloppen niet|don’t match|not right/i)
    expect(portal.services.hasher.load()).toEqual({ running: 0, waiting: 0 })
  },
)
