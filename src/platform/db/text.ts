import {
  createQueryId,
  PostgresQueryCompiler,
  sql,
  type Expression,
  type RawBuilder,
  type RootOperationNode,
} from 'kysely'

/**
 * A sub-select that is still written as a text, with `?` for its values, as a part of a typed statement. A value whose
 * type the text does not tell needs a cast there.
 */
export function textPart<T>({ sql: text, params }: { sql: string; params: readonly unknown[] }): RawBuilder<T> {
  // A `?` between quotes is one.
  const pieces = `(${text})`.split(/\?(?=(?:[^']*'[^']*')*[^']*$)/)
  return sql<T>(pieces as unknown as TemplateStringsArray, ...params) // Kysely reads the array's strings and nothing else of it
}

/** A fragment as a text, for statements that are still one. @throws Error for one that has values */
export function compiled(fragment: Expression<unknown>): string {
  // The compiler takes any node; its type knows statements only.
  const query = new PostgresQueryCompiler().compileQuery(
    fragment.toOperationNode() as RootOperationNode,
    createQueryId(),
  )
  if (query.parameters.length) throw new Error('a fragment with values cannot be put into a text')
  return query.sql
}
