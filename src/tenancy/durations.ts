import { z } from 'zod'

/** Milliseconds in a duration, counted from an arbitrary fixed day so that calendar parts (months) compare too. */
function length(text: string): number {
  return Temporal.Duration.from(text).total({ unit: 'milliseconds', relativeTo: '2026-01-01T00:00Z[UTC]' })
}

/**
 * A zod type for an ISO 8601 duration ("PT10M", "P7D") within a range.
 * A tenant may choose any value inside the range and nothing outside it.
 */
export function duration(least: string, most: string) {
  return z
    .string()
    .superRefine((text, context) => {
      let size: number
      try {
        size = length(text)
      } catch {
        context.addIssue(`"${text}" is not an ISO 8601 duration such as "PT10M" or "P7D"`)
        return
      }
      if (size < length(least)) context.addIssue(`"${text}" is shorter than the least allowed, ${least}`)
      if (size > length(most)) context.addIssue(`"${text}" is longer than the most allowed, ${most}`)
    })
    .meta({ description: `ISO 8601 duration, ${least} to ${most}` })
}
