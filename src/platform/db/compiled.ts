import { createQueryId, PostgresQueryCompiler, type Expression, type RootOperationNode } from 'kysely'

const compiler = new PostgresQueryCompiler()

/**
 * A fragment as a text, for a connection that is not of the entities, such as that of a backup.
 * @throws Error for one that has values: nothing is written into a text here but what the code itself says (`eb.lit`)
 */
export function compiled(fragment: Pick<Expression<unknown>, 'toOperationNode'>): string {
  // The compiler takes any node; its type knows whole statements only.
  const query = compiler.compileQuery(fragment.toOperationNode() as RootOperationNode, createQueryId())
  if (query.parameters.length) throw new Error('a fragment with values cannot be put into a text')
  return query.sql
}
