/**
 * Constants that modules declare where they are read, and must list in their `module.ts`: of what is only declared the
 * rest of the product knows nothing, so the start stops and names it.
 */
export function declarations<T>() {
  const all = new Set<T>()
  return {
    declare<Of extends T>(one: Of): Of {
      all.add(one)
      return one
    },
    /** Those of the modules read so far that nobody lists. */
    unlisted: (listed: readonly T[]): T[] => [...all].filter((one) => !listed.includes(one)),
  }
}
