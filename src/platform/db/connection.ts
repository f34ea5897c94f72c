import pg from 'pg'

/** What PostgreSQL says of statements it prepared and cannot use any more: another shape of the table, or not there. */
const stale = /cached plan must not change result type|prepared statement .* does not exist/
/** How many texts are kept planned on one connection; the one that was not used for longest makes room. */
const keptPlans = 400

/** The parts of the library's own connection that are used here. */
interface Wire {
  stream: { cork(): void; uncork(): void }
  close(message: { type: 'S'; name: string }): void
}
interface Answer {
  command: string
  rowCount: number | null
  rows: unknown[]
}
const nothing = (command: string): Answer => ({ command, rowCount: null, rows: [] })

/** What may open a transaction (`begin`) and, right behind it, say for whom it is. */
const begins = /^(begin|start transaction)\b/
const asks = /^(select|with)\b/
const saysForWhom = /^(select set_config\(|set local role )/

/**
 * A connection that sends what belongs together in one go. The library's `pipeline` lets it ask without waiting for the
 * answer before; on top of that:
 *
 * - What opens a transaction (`begin`, `set_config`, `set local role`) is held until its first statement and sent with
 *   it, in one message: if any of it fails, PostgreSQL skips the rest and refuses the statement behind it, whoever asked
 *   gets the first error, and the connection is closed. A transaction in which nothing is asked is never sent at all.
 * - A text with values, or a question with none to fill in, is prepared once per connection, under a name: PostgreSQL
 *   plans it once. What comes without even an empty list of values is not. Nor is anything behind a pooler that
 *   hands a connection to others between transactions and does not know of prepared statements (`prepares: false`).
 *
 * It is never lost to the pool, and never comes back half-way in a transaction. The query builder gives a connection
 * back only after a `begin`, `commit` or `rollback` that succeeded (kysely issue 1990): each one that broke in between
 * would keep its place in the pool for ever. So a `rollback` that fails closes the connection, which is a rollback to
 * PostgreSQL, and is no failure to the one who asked for it. A connection on which an answer did not come in time is
 * closed at once: whatever else was asked on it would wait as long again.
 */
export class Connection extends pg.Client {
  private readonly prepares: boolean
  private opening: string[] = []
  private readonly names = new Map<string, string>()
  private prepared = 0

  constructor(config?: pg.ClientConfig & { prepares?: boolean }) {
    super(config)
    this.prepares = config?.prepares ?? true
  }

  // The library's own has fourteen shapes of which one is left; `never` fits where each of them is asked for.
  override query(...sent: unknown[]): never {
    const [text, values] = sent
    // Queries of the library's own making, and those that want to be called back.
    if (typeof text !== 'string' || sent.length > 2) return super.query(...(sent as [string])) as never // see above
    if (begins.test(text) || (this.opening.length && saysForWhom.test(text))) return this.hold(text) as never // see above
    if (this.opening.length && (text === 'commit' || text === 'rollback')) {
      this.opening = []
      return Promise.resolve(nothing(text.toUpperCase())) as never // see above
    }
    return this.send(text, values as unknown[] | undefined).catch((error: Error) => {
      if (text === 'rollback') return this.close()
      if (error.message === 'Query read timeout' || stale.test(error.message)) this.close()
      throw error
    }) as never // see above
  }

  private hold(text: string): Promise<Answer> {
    this.opening.push(text)
    return Promise.resolve(nothing('BEGIN'))
  }

  /** Sends it, behind what opens its transaction. */
  private async send(text: string, values: unknown[] | undefined): Promise<Answer> {
    const opening = this.opening.join('; ')
    this.opening = []
    const { stream } = this.wire
    stream.cork()
    const opened = opening ? super.query(opening) : null
    const answer = super.query(this.named(text, values))
    // What is asked in the same turn goes out with it: each time of writing costs more than what is written.
    process.nextTick(() => stream.uncork())
    if (!opened) return answer
    opened.catch(() => this.close())
    const [, own] = await Promise.all([opened, answer])
    return own
  }

  private named(text: string, values: unknown[] | undefined): pg.QueryConfig {
    if (!values || (!values.length && !asks.test(text))) return { text }
    return this.prepares ? { text, values, name: this.nameOf(text) } : { text, values }
  }

  private nameOf(text: string): string {
    const name = this.names.get(text) ?? `s${++this.prepared}`
    this.names.delete(text)
    this.names.set(text, name)
    const [oldest] = this.names
    if (oldest && this.names.size > keptPlans) {
      this.names.delete(oldest[0])
      this.wire.close({ type: 'S', name: oldest[1] })
    }
    return name
  }

  private get wire(): Wire {
    return (this as unknown as { connection: Wire }).connection // not in the library's types
  }

  /** The pool takes in no connection that is closing. */
  private close(): Answer {
    void this.end()
    return nothing('ROLLBACK')
  }
}

/** For a pool of such connections beside the one of the entities: in few round trips, and fit for any pooler. */
export const pipelined = {
  Client: Connection as unknown as new () => pg.ClientBase, // the library cannot say that its queries answer here
  pipeline: true,
  prepares: false,
}
