import type { EntityManager } from '@mikro-orm/postgresql'
import { CompiledQuery, type QueryResult } from 'kysely'
import pg from 'pg'

/**
 * How statements reach PostgreSQL, so that none is ever sent without the tenant and role its entity manager carries:
 *
 * - Inside `context.transaction(…)`: in that transaction.
 * - Reading outside one: in a short read-only transaction that opens by itself with the first statement (in the same
 *   round trip), is shared by the statements that follow it without a pause, and closes by itself as soon as a turn of
 *   the event loop passes without one. So it is never held while hashing, rendering, calling out or waiting, and a page
 *   of twelve questions is one transaction of twelve round trips, or fewer where they are asked together.
 * - Writing outside one: alone, in a transaction of its own, begun and committed in the same round trip.
 *
 * A POST has four phases. (1) Gate and facts are read outside a transaction, as above. (2) Limits count in their own
 * committed transaction (`platform/limits`, on connections of its own). (3) Hashing, files and calls happen while
 * nothing is open. (4) The domain opens the one writing transaction with `context.transaction`, locks the account first
 * (`select … for update`), looks again at what was judged, writes facts, audit line and outbox row, and commits. A
 * refusal is returned, not thrown, so that its audit line commits. `select … for update` outside a transaction is
 * refused by PostgreSQL, since what reads there is read-only: a lock that would be gone at once is a mistake.
 */
export async function runStatement<R>(
  em: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<QueryResult<R>> {
  const open = em.getTransactionContext<{ executeQuery(query: CompiledQuery): Promise<QueryResult<unknown>> }>()
  if (open) return (await open.executeQuery(CompiledQuery.raw(sql, [...parameters]))) as QueryResult<R>
  const answer = isRead(sql) ? await readsOf(em).run(sql, parameters) : await alone(em, sql, parameters)
  return asResult(answer) as QueryResult<R>
}

/** What begins so and holds nothing that changes something, as a `with` may. Values never stand in a text. */
const asks = /^[\s(]*(select|with)\b/i
const writes = /\b(insert\s+into|delete\s+from|merge\s+into|update\s+\S+\s+(as\s+\S+\s+|\w+\s+)?set)\b/i
const judged = new Map<string, boolean>()
/** How many texts are remembered; more only where somebody pastes them together. */
const mostTexts = 1000

function isRead(sql: string): boolean {
  const known = judged.get(sql)
  if (known !== undefined) return known
  const read = asks.test(sql) && !writes.test(sql)
  if (judged.size >= mostTexts) judged.clear()
  judged.set(sql, read)
  return read
}

const changes = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

const asResult = ({ command, rowCount, rows }: pg.QueryResult): QueryResult<unknown> => ({
  rows,
  ...(changes.has(command) && { numAffectedRows: BigInt(rowCount ?? 0) }),
})

/** What opens a transaction with the tenant and role of this entity manager, in one message. */
function opening(em: EntityManager, begin: string): string {
  const { variables = {}, role } = em.getSessionContext() ?? {}
  const settings = Object.entries(variables).map(
    ([name, value]) => `select set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(String(value))}, true)`,
  )
  return [begin, ...settings, ...(role ? [`set local role ${pg.escapeIdentifier(role)}`] : [])].join('; ')
}

async function connect(em: EntityManager): Promise<pg.PoolClient> {
  const pool = await em.getConnection().getNativeClient()
  return pool.connect()
}

/** Gives a connection back; one that broke is closed instead. */
function giveBack(client: pg.PoolClient, failure?: unknown): void {
  client.release(failure === undefined || failure instanceof pg.DatabaseError ? undefined : (failure as Error))
}

/** One statement in a transaction of its own. Where it fails, PostgreSQL takes the `commit` behind it for a rollback. */
async function alone(em: EntityManager, sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
  const client = await connect(em)
  try {
    const [, answer] = await Promise.all([
      client.query(opening(em, 'begin')),
      client.query(sql, [...parameters]),
      client.query('commit'),
    ])
    giveBack(client)
    return answer
  } catch (error) {
    giveBack(client, error)
    throw error
  }
}

/** The read-only transaction that statements of one entity manager share; see the top of this file. */
class Reads {
  private readonly em: EntityManager
  private open: Promise<{ client: pg.PoolClient; opened: Promise<unknown> }> | null = null
  private underWay = 0
  constructor(em: EntityManager) {
    this.em = em
  }

  async run(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    const open = (this.open ??= this.begin())
    this.underWay++
    try {
      const { client, opened } = await open
      const [answer] = await Promise.all([client.query(sql, [...parameters]), opened])
      return answer
    } catch (error) {
      // What failed leaves a transaction in which nothing works any more.
      if (this.open === open) void this.end(error)
      throw error
    } finally {
      if (--this.underWay === 0) setImmediate(() => void (this.underWay === 0 && this.open === open && this.end()))
    }
  }

  private async begin() {
    const client = await connect(this.em)
    const opened = client.query(opening(this.em, 'begin read only'))
    opened.catch(() => {
      /* told by the statement that goes with it */
    })
    return { client, opened }
  }

  /** Nothing was written: nobody has to wait for the end. Where there was no connection, the statement told. */
  private async end(failure?: unknown): Promise<void> {
    const open = this.open
    this.open = null
    const held = await open?.catch(() => null)
    if (!held) return
    held.client.query('commit').catch(() => {
      /* the connection is gone, and with it the transaction */
    })
    giveBack(held.client, failure)
  }
}

const reads = new WeakMap<EntityManager, Reads>()
function readsOf(em: EntityManager): Reads {
  let own = reads.get(em)
  if (!own) reads.set(em, (own = new Reads(em)))
  return own
}
