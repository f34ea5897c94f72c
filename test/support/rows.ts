import { runStatement } from '../../src/platform/db/statements.ts'
import type { Bound } from '../../src/platform/db/tables.ts'

/** A text with `?` for its values as PostgreSQL takes it, with `$1`, `$2`, and so on; a `?` between quotes stays. */
const numbered = (text: string): string => {
  let nth = 0
  return text.replace(/'[^']*'|\?/g, (found) => (found === '?' ? `$${++nth}` : found))
}

/** Rows of a raw statement as the firm of this context may see and change them: beside what the stores say. */
export async function rowsIn<T extends object>(at: Bound, text: string, values: readonly unknown[] = []): Promise<T[]> {
  return (await runStatement<T>(at.em, numbered(text), values)).rows
}

/** The first row, or null. */
export const rowIn = async <T extends object>(at: Bound, text: string, values: readonly unknown[] = []) =>
  (await rowsIn<T>(at, text, values))[0] ?? null
