import type { EntityManager, InferKyselyDB } from '@mikro-orm/postgresql'
import {
  createQueryId,
  DefaultQueryExecutor,
  expressionBuilder,
  PostgresAdapter,
  PostgresQueryCompiler,
  QueryCreator,
  type DatabaseConnection,
  type ExpressionBuilder,
  type SelectQueryBuilder,
} from 'kysely'
import type { ClientBase } from 'pg'
import { runStatement } from './statements.ts'

/** What a statement asks of its context: the entity manager, which carries the tenant, the role and the transaction. */
export interface Bound {
  readonly em: EntityManager
}

/** An entity as far as its table's name and columns go; MikroORM's own type for it has many parameters. */
export interface Entity {
  name: string
  tableName?: string
}

/** The statements of one store. */
export interface Tables<DB> {
  /** Statements on the store's own tables, in the transaction at hand or outside one: see `statements.ts`. */
  (at: Bound): QueryCreator<DB>
  /** For fragments that others put into their statements, and that run nowhere by themselves. */
  readonly fragment: ExpressionBuilder<DB, never>
}

/**
 * Kysely typed by these entities and no others: a misspelt column, and a table of another owner, do not compile. Columns
 * have the names they have in the database. At the top of a store: `const db = tables(Account, SecretQuestion)`, then
 * `db(context).selectFrom(…)`. It offers no transactions: those are the context's. See README.md here.
 */
export function tables<const E extends readonly Entity[]>(..._entities: E): Tables<InferKyselyDB<E[number]>> {
  type DB = InferKyselyDB<E[number]>
  return Object.assign(({ em }: Bound) => new QueryCreator<DB>({ executor: executorOf(em) }), {
    fragment: expressionBuilder<DB>(),
  })
}

const [compiler, adapter] = [new PostgresQueryCompiler(), new PostgresAdapter()]

const executors = new WeakMap<EntityManager, DefaultQueryExecutor>()
function executorOf(em: EntityManager): DefaultQueryExecutor {
  const known = executors.get(em)
  if (known) return known
  const connection: DatabaseConnection = {
    executeQuery: ({ sql, parameters }) => runStatement(em, sql, parameters),
    // oxlint-disable-next-line require-yield
    async *streamQuery() {
      throw new Error('A stream needs a cursor, and a connection that answers several questions at once has none.')
    },
  }
  const executor = new DefaultQueryExecutor(compiler, adapter, { provideConnection: (use) => use(connection) })
  executors.set(em, executor)
  return executor
}

/** The tables of a store, by its `db`: for helpers that take a part of a statement. */
export type TablesOf<Store> = Store extends Tables<infer DB> ? DB : never

/**
 * Rows of a fragment on a connection that somebody opened for themselves, such as that of a backup, which sees all
 * firms: whose rows there are is decided by that connection.
 */
export async function rowsOn<DB, TB extends keyof DB, O extends object>(
  client: ClientBase,
  query: SelectQueryBuilder<DB, TB, O>,
): Promise<O[]> {
  const { sql, parameters } = compiler.compileQuery(query.toOperationNode(), createQueryId())
  return (await client.query<O>(sql, [...parameters])).rows
}
