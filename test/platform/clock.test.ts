import { expect, test } from 'vitest'
import { heldClock, systemClock, toDate } from '../../src/platform/clock.ts'

const hours = (n: number) => Temporal.Duration.from({ hours: n })

test('a held clock stands still until it is moved', () => {
  const clock = heldClock('2026-08-31T10:00:00Z')
  expect(clock.now()).toEqual(clock.now())
  clock.forward(Temporal.Duration.from('P6M'))
  expect(clock.now().toString()).toBe('2027-02-28T10:00:00Z')
  expect(toDate(clock.now()).toISOString()).toBe('2027-02-28T10:00:00.000Z')
})

test('a clock never goes back', () => {
  const clock = heldClock('2026-08-31T10:00:00Z')
  expect(() => clock.forward(hours(-1))).toThrow(RangeError)
})

test('the computer’s clock cannot be moved without a memory', () => {
  expect(() => systemClock().forward(hours(1))).toThrow('cannot be moved')
})

test('a moved clock is still moved after a restart', () => {
  let kept: string | null = null
  const memory = { load: () => kept, save: (offset: string) => void (kept = offset) }
  const before = systemClock().now()
  const clock = systemClock(memory)
  clock.forward(hours(3))
  clock.forward(hours(2))
  const restarted = systemClock(memory)
  expect(restarted.now().since(before).total('hours')).toBeCloseTo(5, 1)
})
