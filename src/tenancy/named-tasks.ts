import type { Task } from './home-parts.ts'

/** As many of a kind as are named one by one; the rest is counted. */
export const mostNamed = 5

/** Those that are named, and one line that counts the others. */
export function namedTasks<Of extends { total: number }>(
  all: Of[],
  one: (of: Of) => Task,
  more: (count: number) => Task,
): Task[] {
  const rest = (all[0]?.total ?? 0) - all.length
  return [...all.map(one), ...(rest > 0 ? [more(rest)] : [])]
}
