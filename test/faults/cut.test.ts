import { afterAll, beforeAll, expect, test } from 'vitest'
import { fulfilDue } from '../../src/modules/recovery/index.ts'
import { nobody } from '../support/somebody.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { acts, asksWithout } from './acts.ts'
import { cutEverywhere, type Attempt } from './cut.ts'
import { effects, once, send } from './effects.ts'
import { line, type Line } from './line.ts'

let portal: TestPortal
let between: Line
beforeAll(async () => {
  portal = await openTestPortal({
    through: async (url) => (between = await line({ host: '127.0.0.1', port: Number(url.port) })).port,
  })
})
afterAll(async () => {
  await portal.close()
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
    const cuts = await cutEverywhere(portal, between, async (): Promise<Attempt> => {
      portal.forward('PT61M')
      const ready = await act.ready(portal)
      all.push(ready)
      return () => send(ready.forms[0]!)
    })
    expect(cuts.all).toBeGreaterThan(0)
    for (const ready of all) expect(await effects(portal, act, ready)).toEqual(once(act))
  },
)

test('what was waited for is saved whole or not at all, and at the next turn it is', async () => {
  const cuts = await cutEverywhere(portal, between, async () => {
    portal.forward('PT61M')
    await asksWithout(portal, 'polder')
    portal.forward('PT25H')
    return () =>
      fulfilDue(nobody(portal, 'polder')).then(
        () => null,
        () => null,
      )
  })
  expect(cuts.all).toBeGreaterThan(0)
})
