import { tables, type Bound } from './tables.ts'

const db = tables()
/** Keeps these names apart from the other advisory locks: of the limits (1), and of the firms' choices (2). */
const space = 3

/**
 * Waits its turn: of all transactions that lock this name one goes on, until it ends. For what no row is there to lock
 * yet. Call inside a transaction: outside one the lock is gone at once.
 */
export async function lockName(at: Bound, name: string): Promise<void> {
  await db(at)
    .selectNoFrom(({ fn, val, lit }) =>
      fn('pg_advisory_xact_lock', [fn('hashtextextended', [val(name), lit(space)])]).as('locked'),
    )
    .execute()
}
