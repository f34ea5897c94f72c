import { sql, type RawBuilder } from 'kysely'

/**
 * A sub-select that is still written as a text, with `?` for its values, as a part of a typed statement. A value whose
 * type the text does not tell needs a cast there.
 */
export function textPart<T>({ sql: text, params }: { sql: string; params: readonly unknown[] }): RawBuilder<T> {
  // A `?` between quotes is one.
  const pieces = `(${text})`.split(/\?(?=(?:[^']*'[^']*')*[^']*$)/)
  return sql<T>(pieces as unknown as TemplateStringsArray, ...params) // Kysely reads the array's strings and nothing else of it
}
