import type { PersonVisit } from '../../tenancy/visit.ts'

/** A sub-select that gives one JSON value, with the values of its placeholders. */
export interface Part { sql: string; params: unknown[] }

/** A corner of the home page. A new one is a file here, a name in `policy.ts`, a view, and a line in the registry. */
export interface Widget<Row = never> {
  /** Beside the page, or in the middle of it. */
  picture: string
  /** What it asks the database; null when it needs nothing from there. */
  part(visit: PersonVisit): Part | null
  /** What its view shows, from what its part gave. */
  data(visit: PersonVisit, row: Row): object
}

/** Asks the database once for all parts, by name; a part that is null is left out. */
export async function ask(visit: PersonVisit, parts: Record<string, Part | null>): Promise<Record<string, unknown>> {
  const asked = Object.entries(parts).flatMap(([name, part]) => part ? [{ name, ...part }] : [])
  if (!asked.length) return {}
  const columns = asked.map(({ name, sql }) => `(${sql}) as "${name}"`).join(', ')
  return await visit.one<Record<string, unknown>>(`select ${columns}`, asked.flatMap(({ params }) => params)) ?? {}
}

/** A moment as JSON of the database gives it. */
export const moment = (text: string | null): Date | null => text ? new Date(text) : null
