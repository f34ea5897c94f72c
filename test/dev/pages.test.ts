import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from '../people/http.ts'
import { appCodeOf } from '../people/phone.ts'
import { openTestHouse, type TestHouse } from '../setup/house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

test.each(['/', '/dev/firms', '/dev/outbox', '/dev/clock', '/dev/pages'])(
  'the installation’s own page %s is there, with the firms as they are',
  async (at) => {
    const { status, text } = await ask(house, undefined, at)
    expect([status, text.includes('<h1>')]).toEqual([200, true])
  },
)

test('the outbox shows what the apps of the invented staff show now, and half a minute later something else', async () => {
  const before = await appCodeOf(house, 'kring', 'hanna@kring.example')
  expect((await ask(house, undefined, '/dev/outbox')).text).toContain(before)
  house.forward('PT31S')
  expect(await appCodeOf(house, 'kring', 'hanna@kring.example')).not.toBe(before)
})
