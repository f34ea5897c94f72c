/** The only place that knows what time it is. */
export interface Clock {
  now(): Temporal.Instant
  forward(by: Temporal.Duration): void
}

/** Keeps how far a movable clock runs ahead, as an ISO 8601 duration, so that a restart does not set it back. */
export interface ClockMemory {
  load(): string | null
  save(offset: string): void
}

/**
 * The computer's own time. With a memory (development) it can be moved forward and stays so after a restart;
 * without one (production) `forward` throws.
 */
export function systemClock(memory?: ClockMemory): Clock {
  let offset = Temporal.Duration.from(memory?.load() ?? 'PT0S')
  const now = () => (offset.blank ? Temporal.Now.instant() : Temporal.Now.instant().add(offset))
  return {
    now,
    forward(by) {
      if (!memory) throw new Error('This clock follows the computer and cannot be moved.')
      offset = offset.add(later(now(), by).since(now()).round('milliseconds'))
      memory.save(offset.toString())
    },
  }
}

/** A clock that stands still at `at` (an ISO 8601 instant) until it is moved forward. For tests. */
export function heldClock(at: Temporal.Instant | string): Clock {
  let instant = Temporal.Instant.from(at)
  return {
    now: () => instant,
    forward(by) {
      instant = later(instant, by)
    },
  }
}

/** The form the database driver wants for a timestamptz. */
export function toDate(instant: Temporal.Instant): Date {
  return new Date(instant.epochMilliseconds)
}

/** An instant has no calendar, so months and days are counted in UTC. Backwards throws a RangeError. */
function later(instant: Temporal.Instant, by: Temporal.Duration): Temporal.Instant {
  if (by.sign < 0) throw new RangeError('A clock only moves forward.')
  return instant.toZonedDateTimeISO('UTC').add(by).toInstant()
}

/** Milliseconds since it was made, by a clock that nobody can set: how long something took, not when it was. */
export function stopwatch(): () => number {
  const began = performance.now()
  return () => performance.now() - began
}
