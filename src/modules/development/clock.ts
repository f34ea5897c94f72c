import type { FieldErrors } from '../../platform/http/answer.ts'
import type { InstallationContext } from '../../tenancy/context.ts'

/** The steps the page offers, as ISO 8601 durations; months are calendar months. */
export const steps = ['PT1M', 'PT10M', 'PT1H', 'P1D', 'P1W', 'P1M', 'P6M']
/** Farther than this at once is a typing mistake. */
const farthest = 'P10Y'

const days = (duration: Temporal.Duration) => duration.total({ unit: 'days', relativeTo: '2026-01-01' })

/** The duration that was typed, or null when it is none, leads back, or leads too far. */
function forwardBy(text: string): Temporal.Duration | null {
  try {
    const duration = Temporal.Duration.from(text)
    return duration.sign > 0 && days(duration) <= days(Temporal.Duration.from(farthest)) ? duration : null
  } catch (error) {
    if (error instanceof RangeError) return null // not a duration: answered with a text
    throw error
  }
}

/** Moves the portal's clock forward. @returns the mistake, or null when the clock was moved */
export function moveClock({ services }: InstallationContext, by: string): FieldErrors | null {
  const duration = forwardBy(by)
  if (!duration) return { by: { key: by ? 'development.clock.bad' : 'development.clock.empty' } }
  services.clock.forward(duration)
  return null
}
