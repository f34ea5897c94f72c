import type { PersonContext } from '../../tenancy/context.ts'

/** A piece of a statement, with the values of its placeholders. */
interface Piece {
  sql: string
  params: unknown[]
}

/** A sub-select that gives one JSON value. What it reads `from` by name (`shared`), other widgets may read too: it is looked up once. */
export interface Part extends Piece {
  shared?: Record<string, Piece>
}

/** A corner of the home page. A new one is a file here, a name in `home-choices.ts`, a view, and a line in the registry. */
export interface Widget<Row = never, Data extends object = object> {
  /** The icon beside its title. */
  picture: string
  /** Left out where it says nothing to this person, whatever the firm chose; without it, it is for everybody. */
  suits?(context: PersonContext): boolean
  /** What it tells can change while somebody looks: it fetches itself again from time to time. */
  refreshes?: true
  /** What it asks the database; null when it needs nothing from there. */
  part(context: PersonContext): Part | null
  /** What its view shows, from what its part gave. */
  data(context: PersonContext, row: Row): Data
}

/** Asks the database once for all parts, by name; a part that is null is left out. */
export async function ask(
  context: PersonContext,
  parts: Record<string, Part | null>,
): Promise<Record<string, unknown>> {
  const asked = Object.entries(parts).flatMap(([name, part]) => (part ? [{ name, ...part }] : []))
  if (!asked.length) return {}
  const shared = Object.entries(Object.assign({}, ...asked.map((part) => part.shared)) as Record<string, Piece>)
  const before = shared.map(([name, { sql }]) => `${name} as materialized (${sql})`).join(', ')
  const columns = asked.map(({ name, sql }) => `(${sql}) as "${name}"`).join(', ')
  const params = [...shared.map(([, piece]) => piece), ...asked].flatMap((piece) => piece.params)
  return (await context.one<Record<string, unknown>>(`${before && `with ${before} `}select ${columns}`, params)) ?? {}
}

/** A moment as JSON of the database gives it. */
export const moment = (text: string | null): Date | null => (text ? new Date(text) : null)
