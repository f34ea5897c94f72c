import type pg from 'pg'

/**
 * Transactions that lock rows in another order than this can wait for each other for ever (PostgreSQL 13.3.4):
 *
 * 1. the account, before anything that is somebody's: whatever is done for one person waits its turn there;
 * 2. where nothing is done to an account, its flow (`run`);
 * 3. everything else;
 * 4. the log last: its lines wait for each other, whoever they are about.
 *
 * What a transaction locks of an account once that is locked comes in any order: nobody else is there. Writing a row is
 * locking it. No transaction locks two accounts.
 */
const rank = (table: string): number => ({ account: 0, run: 1, audit_line: 3 })[table] ?? 2

/**
 * Rows that nobody waits for while holding an account: acts only add to the outbox, and its worker touches no other
 * row.
 */
const apart = /^(outbox_\w+|dev_message|organisation|work_due)$/

/** What one statement locks, in its order: the table, and of an account its id. */
export function locksOf(text: string, values: readonly unknown[] = []): { table: string; id: unknown }[] {
  const written = [...text.matchAll(/(?<!\bfor )(?<!\bkey )(?<!\bdo )\b(?:insert into|delete from|update)\s+"?(\w+)/gi)]
  const [, , from] = /^(with\b.*?\)\s*)?select\b.*?\bfrom\s+"?(\w+)"?.*\bfor (?:no key )?update\b/is.exec(text) ?? []
  const nth = /"?\bid"? = \$(\d+)/.exec(text)?.[1]
  return [...written.map(([, table]) => table!), ...(from ? [from] : [])].map((table) => ({
    table: table.toLowerCase(),
    id: table === 'account' && nth ? values[Number(nth) - 1] : null,
  }))
}

/**
 * Follows the transactions of one connection.
 * @returns what is wrong with the order of a statement's locks; null when nothing is
 */
export function lockOrder(): (text: string, values?: readonly unknown[]) => string | null {
  let held: string[] = []
  let accounts: unknown[] = []
  return (text, values) => {
    if (/^(begin|start transaction|commit|rollback)\b/.test(text)) [held, accounts] = [[], []]
    for (const { table, id } of locksOf(text, values)) {
      if (apart.test(table)) continue
      const before = held.at(-1)
      const late = accounts.length === 0 && before !== undefined && rank(table) < rank(before)
      // One that was just made, or is named in the text, may be the same.
      const other = id !== null && accounts.length > 0 && accounts.every((each) => each !== null && each !== id)
      if (table === 'account') accounts.push(id)
      held.push(table)
      if (late) return `${table} is locked after ${before}: ${held.join(', ')}`
      if (other) return `a second account is locked: ${held.join(', ')}`
    }
    return null
  }
}

/**
 * Follows every transaction of a pool.
 * @param told what a transaction does in another order, with where it was asked
 */
export function watchLockOrder(pool: pg.Pool, told: (wrong: string) => void): void {
  const watched = new WeakSet<object>()
  pool.on('acquire', (client) => {
    if (watched.has(client)) return
    watched.add(client)
    const judge = lockOrder()
    const ask = client.query.bind(client) as (...sent: unknown[]) => unknown
    const query = (...sent: unknown[]) => {
      const wrong = typeof sent[0] === 'string' ? judge(sent[0], sent[1] as unknown[] | undefined) : null
      if (wrong) told(`${wrong}\n${new Error('asked').stack}`)
      return ask(...sent)
    }
    Object.assign(client, { query })
  })
}
