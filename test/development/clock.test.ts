import { expect, test } from 'vitest'
import { heldClock } from '../../src/platform/clock.ts'
import { moveClock, steps } from '../../src/modules/development/clock.ts'
import type { InstallationContext } from '../../src/tenancy/context.ts'

const start = '2026-08-31T10:00:00Z'
function at(): InstallationContext {
  return { services: { clock: heldClock(start) } } as InstallationContext
}

test('the clock moves forward by calendar months', () => {
  const context = at()
  expect(moveClock(context, 'P6M')).toBeNull()
  expect(context.services.clock.now().toString()).toBe('2027-02-28T10:00:00Z')
})

test.each(steps)('%s, offered on the page, works', (step) => expect(moveClock(at(), step)).toBeNull())

test.each(['', 'morgen', 'PT0S', '-PT1H', 'P11Y', 'P999999999Y', '1 dag', 'P'])(
  '"%s" moves nothing and is answered in words',
  (text) => {
    const context = at()
    expect(moveClock(context, text)?.by?.key).toMatch(/^development\.clock\.(bad|empty)$/)
    expect(context.services.clock.now().toString()).toBe(start)
  },
)
