import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../setup/house.ts'
import { acts } from './acts.ts'
import { allClear, effects, led, once, send } from './effects.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

test.each(Object.entries(acts))('%s, fifty times at the same moment, works once', async (_, act) => {
  house.forward('PT61M')
  const ready = await act.ready(house)
  // Half of them as the same form, half as forms of their own: neither the form's number nor luck decides.
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, nth) => send(ready.forms[nth % ready.forms.length]!, { again: nth % 2 === 0 })),
  )
  allClear(answers)
  expect(led(answers, act)).toBeGreaterThan(0)
  expect(await effects(house, act, ready)).toEqual(once(act))
  // And none of it works a moment later.
  house.forward('PT1M')
  allClear(await Promise.all(ready.forms.map((form) => send(form, { again: false }))))
  expect(await effects(house, act, ready)).toEqual(once(act))
})
