import pg from 'pg'

/**
 * A connection of the pool that is never lost to it, and never comes back half-way in a transaction. The query builder
 * gives a connection back only after a `begin`, `commit` or `rollback` that succeeded (kysely issue 1990): each one that
 * broke in between would keep its place in the pool for ever, until there is no place left. So a `begin` that fails
 * gives its place back here; and a `rollback` that fails closes the connection, which is a rollback to PostgreSQL, and
 * is no failure to the one who asked for it. A connection on which an answer did not come in time is closed at once:
 * whatever else was asked on it, the `rollback` first of all, would wait as long again.
 */
export class Connection extends pg.Client {
  /** Put there by the pool, for as long as somebody has this connection. */
  declare release?: (error: unknown) => void

  override query(...sent: unknown[]): never {
    const answer: unknown = super.query(...(sent as [string]))
    if (!(answer instanceof Promise)) return answer as never
    if (sent[0] === 'begin') return answer.catch((error: unknown) => this.giveBack(error)) as never
    return answer.catch((error: unknown) => {
      if (sent[0] === 'rollback') return this.close()
      if ((error as Error).message === 'Query read timeout') this.close()
      throw error
    }) as never
  }

  private giveBack(error: unknown): never {
    this.release?.(error)
    throw error
  }

  /** The pool takes in no connection that is closing. */
  private close(): { command: string; rowCount: null; rows: [] } {
    void this.end()
    return { command: 'ROLLBACK', rowCount: null, rows: [] }
  }
}
