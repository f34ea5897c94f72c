import type { InferKyselyDB } from '@mikro-orm/postgresql'
import { tables, type Entity, type Tables } from '../platform/db/tables.ts'
import type { Context } from './context.ts'
import { isOn } from './switches.ts'

/**
 * A kind of record that a module keeps of people: what retention and privacy need to know of it. All work inside the
 * caller's transaction, where there is one.
 */
export interface RecordKind {
  name: string
  /** The tables it stands in, its module's own. */
  tables: readonly string[]
  /** With what its term of keeping begins: when it was made, or when the account it is of was closed. */
  starts: 'made' | 'accountClosed'
  /** How many there are of somebody. */
  count(context: Context, accountId: string): Promise<number>
  /** All of somebody's, as they may read them: plain data, no secrets (GDPR art. 15 and 20). */
  export(context: Context, accountId: string): Promise<object[]>
  /** Erases somebody's. @returns how many went. Null: they stay, and `stays` says why (GDPR art. 17(3)) */
  erase: ((context: Context, accountId: string) => Promise<number>) | null
  stays?: string
}

/**
 * Everything the firm keeps of somebody, by the name of the kind. What was kept before its module was switched off is
 * still theirs; of such a module nothing is said where there is nothing.
 */
export async function exportRecords(context: Context, accountId: string): Promise<Record<string, object[]>> {
  const { all } = context.services.modules
  const kinds = all.flatMap((module) =>
    (module.records ?? []).map((kind) => ({ kind, on: isOn(context.policy, module) })),
  )
  const found = await Promise.all(
    kinds.map(async ({ kind, on }) => ({ name: kind.name, on, rows: await kind.export(context, accountId) })),
  )
  return Object.fromEntries(found.flatMap(({ name, on, rows }) => (on || rows.length ? [[name, rows]] : [])))
}

/** What a kind of which every row is somebody's, by `account_id`, says of itself. */
interface Rows<Column> extends Pick<RecordKind, 'name' | 'starts' | 'stays'> {
  /** Other tables of the same owner: their rows belong to rows of this one, and go with them. */
  with?: readonly string[]
  /** What they may read of it; never what is encrypted or hashed. */
  shows: readonly Column[]
  order: Column
}

/** As far as these statements look, every such table is the same: the columns are checked where a kind is declared. */
type AnyRows = Record<string, { account_id: string } & Record<string, unknown>>

/** A kind of record that is a table of its owner's. */
export function rowsOf<const E extends Entity, T extends keyof InferKyselyDB<E> & string>(
  entity: E,
  table: T,
  { name, with: others = [], starts, shows, order, stays }: Rows<keyof InferKyselyDB<E>[T] & string>,
): RecordKind {
  // Kysely knows a column by the type of its table; here the table is any.
  const at = tables(entity) as unknown as Tables<AnyRows>
  const all: string = table
  return {
    name,
    tables: [table, ...others],
    starts,
    async count(context, accountId) {
      const mine = at(context).selectFrom(all).where('account_id', '=', accountId)
      const found = await mine.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirst()
      return found?.n ?? 0
    },
    export: (context, accountId) =>
      at(context)
        .selectFrom(all)
        .select([...shows])
        .where('account_id', '=', accountId)
        .orderBy(order)
        .execute(),
    erase: stays
      ? null
      : async (context, accountId) => {
          const gone = await at(context).deleteFrom(all).where('account_id', '=', accountId).executeTakeFirst()
          return Number(gone.numDeletedRows)
        },
    ...(stays && { stays }),
  }
}
