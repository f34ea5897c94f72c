import { afterAll, beforeAll, expect, test } from 'vitest'
import { fulfilDue } from '../../src/rooms/recovery/index.ts'
import { nobody } from '../people/somebody.ts'
import { openTestHouse, type TestHouse } from '../setup/house.ts'
import { acts, asksWithout } from './acts.ts'
import { cutEverywhere, type Attempt } from './cut.ts'
import { effects, once, send } from './effects.ts'
import { line, type Line } from './line.ts'

let house: TestHouse
let between: Line
beforeAll(async () => {
  house = await openTestHouse({
    through: async (url) => (between = await line({ host: '127.0.0.1', port: Number(url.port) })).port,
  })
})
afterAll(async () => {
  await house.close()
  between.close()
})

const names = [
  'the code to the number set again',
  'a new password',
  'a new mail address',
  'a link "not me"',
  'an authenticator app',
  'switching two steps off with the backup code',
  'the last step of an activation',
]

test.each(names)(
  '%s: cut off at any statement there is all of it or nothing, and once more it succeeds',
  async (name) => {
    const act = acts[name]!
    const all: Awaited<ReturnType<typeof act.ready>>[] = []
    const cuts = await cutEverywhere(house, between, async (): Promise<Attempt> => {
      house.forward('PT61M')
      const ready = await act.ready(house)
      all.push(ready)
      return () => send(ready.forms[0]!)
    })
    expect(cuts.all).toBeGreaterThan(0)
    for (const ready of all) expect(await effects(house, act, ready)).toEqual(once(act))
  },
)

test('what was waited for is saved whole or not at all, and at the next turn it is', async () => {
  const cuts = await cutEverywhere(house, between, async () => {
    house.forward('PT61M')
    await asksWithout(house, 'polder')
    house.forward('PT25H')
    return () =>
      fulfilDue(nobody(house, 'polder')).then(
        () => null,
        () => null,
      )
  })
  expect(cuts.all).toBeGreaterThan(0)
})
