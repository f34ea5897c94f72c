import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { acts } from './acts.ts'
import { allClear, effects, led, once, send } from './effects.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await openTestPortal()
})
afterAll(() => portal.close())

test.each(Object.entries(acts))('%s, fifty times at the same moment, works once', async (_, act) => {
  portal.forward('PT61M')
  const ready = await act.ready(portal)
  // Half of them as the same form, half as forms of their own: neither the form's number nor luck decides.
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, nth) => send(ready.forms[nth % ready.forms.length]!, { again: nth % 2 === 0 })),
  )
  allClear(answers)
  expect(led(answers, act)).toBeGreaterThan(0)
  expect(await effects(portal, act, ready)).toEqual(once(act))
  // And none of it works a moment later.
  portal.forward('PT1M')
  allClear(await Promise.all(ready.forms.map((form) => send(form, { again: false }))))
  expect(await effects(portal, act, ready)).toEqual(once(act))
})
