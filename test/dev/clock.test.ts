import { expect, test } from 'vitest'
import { heldClock } from '../../src/platform/clock.ts'
import { moveClock, steps } from '../../src/rooms/dev/clock.ts'
import type { HouseVisit } from '../../src/tenancy/visit.ts'

const start = '2026-08-31T10:00:00Z'
function at(): HouseVisit {
  return { house: { clock: heldClock(start) } } as HouseVisit
}

test('the clock moves forward by calendar months', () => {
  const visit = at()
  expect(moveClock(visit, 'P6M')).toBeNull()
  expect(visit.house.clock.now().toString()).toBe('2027-02-28T10:00:00Z')
})

test.each(steps)('%s, offered on the page, works', (step) => expect(moveClock(at(), step)).toBeNull())

test.each(['', 'morgen', 'PT0S', '-PT1H', 'P11Y', 'P999999999Y', '1 dag', 'P'])(
  '"%s" moves nothing and is answered in words',
  (text) => {
    const visit = at()
    expect(moveClock(visit, text)?.by?.key).toMatch(/^dev\.clock\.(bad|empty)$/)
    expect(visit.house.clock.now().toString()).toBe(start)
  },
)
