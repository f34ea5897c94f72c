import { runStatement } from './statements.ts'
import type { Bound } from './tables.ts'

const known = new Map<string, string>()
/** How many texts are remembered; more only where somebody pastes them together. */
const most = 1000

/** A text with `?` for its values as PostgreSQL takes it, with `$1`, `$2`, and so on; a `?` between quotes stays. */
function numbered(text: string): string {
  const before = known.get(text)
  if (before) return before
  let nth = 0
  const now = text.replace(/'[^']*'|\?/g, (found) => (found === '?' ? `$${++nth}` : found))
  if (known.size >= most) known.clear()
  known.set(text, now)
  return now
}

/**
 * Rows of a raw text, for what is not typed yet. Values go as values and never into the text (`em.execute` writes them
 * into it, so that PostgreSQL plans each time anew): a value whose type the text does not tell needs a cast
 * (`?::uuid`), and a list is one value, for `= any (?)`. In the transaction at hand or outside one, as in `statements.ts`.
 */
export async function rawRows<T extends object>({ em }: Bound, text: string, values: readonly unknown[]): Promise<T[]> {
  return (await runStatement<T>(em, values.length ? numbered(text) : text, values)).rows
}
