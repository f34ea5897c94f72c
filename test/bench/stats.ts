/** Several rounds of one number. */
export interface Spread {
  median: number
  least: number
  most: number
}

/** The value below which this share of all values lies; 0 when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2
  return { median, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 }
}

const figures = (value: number): string => (value >= 100 ? String(Math.round(value)) : value.toPrecision(2))

/** The median, and between which values the rounds lay. */
export function told({ median, least, most }: Spread): string {
  return least === most ? figures(median) : `${figures(median)} (${figures(least)}–${figures(most)})`
}
