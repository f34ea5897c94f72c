import type { Person } from './person.ts'

/**
 * What an object must be for a permission to hold: its properties, which are its table's columns, with the value each
 * must have or the values it may have.
 */
export type Reach = Readonly<Record<string, string | readonly string[]>>

/** How one kind of person has a permission. */
export interface Holding {
  /** Only where the firm's choices say so of their role. */
  granted: boolean
  /** For which objects; null: for none at all. */
  reach(person: Person): Reach | null
}

/** For every object of the firm. */
export const all: Holding = { granted: false, reach: () => ({}) }
/** For some of them. */
export const only = (reach: Holding['reach']): Holding => ({ granted: false, reach })
/** The same, for whose role has it. */
export const granted = (holding: Holding): Holding => ({ ...holding, granted: true })

/**
 * Something that not everybody may do. Who has it by default is a row of the permission matrix: kind of person, how, and
 * over what. A constant of the module that declares it; `allow()` and `visible()` ask for it.
 */
export interface Permission {
  name: string
  holders: Partial<Record<Person['kind'], Holding>>
  /** How a role of the firm's choices names it, under `may`. */
  grantedAs: string
}

/** @param grantedAs where a role calls it otherwise */
export const permission = (name: string, holders: Permission['holders'], grantedAs = name): Permission => ({
  name,
  holders,
  grantedAs,
})

/** What a role can be granted, as the firm's choices name it. */
export const grantable = (permissions: readonly Permission[]): string[] => [
  ...new Set(
    permissions
      .filter(({ holders }) => Object.values(holders).some((holding) => holding.granted))
      .map(({ grantedAs }) => grantedAs),
  ),
]
