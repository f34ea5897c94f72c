/**
 * Something that modules bring, with the names it had before, the oldest first: read wherever they were written down.
 */
interface Named {
  readonly name: string
  readonly aliases?: readonly string[] | undefined
}

/** All of them, in the order in which the modules list them. */
export interface ByName<K extends Named> {
  readonly all: readonly K[]
  /** By its name, or one it had before. @throws Error for one nobody made */
  of(name: string): K
  /** The same; nothing for one nobody made. */
  find(name: string | null | undefined): K | undefined
}

/** @param what it is, for the error */
export function byName<K extends Named>(what: string, all: readonly K[]): ByName<K> {
  const known = new Map(all.flatMap((one) => [one.name, ...(one.aliases ?? [])].map((name) => [name, one] as const)))
  const find = (name: string | null | undefined) => (name == null ? undefined : known.get(name))
  return {
    all,
    find,
    of(name) {
      const one = find(name)
      if (!one) throw new Error(`there is no ${what} "${name}"`)
      return one
    },
  }
}

/** The first name something had: what is derived from names and kept (addresses, a fingerprint) outlives a new one. */
export const firstName = ({ name, aliases }: Named): string => aliases?.[0] ?? name
