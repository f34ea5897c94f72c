import { sql, type Expression } from 'kysely'
import { jsonBuildObject } from 'kysely/helpers/postgres'
import type { PersonContext } from '../../../tenancy/context.ts'
import type { Asked } from '../parts.ts'

type Source = Asked & { name: string }

/** What several sources ask, as one JSON object by their names; null where none of them asks anything. */
export function composed(
  context: PersonContext,
  sources: readonly Source[],
): Expression<Record<string, unknown>> | null {
  const asked = sources.flatMap((source) => {
    const expression = source.asks(context)
    return expression ? [[source.name, sql`${expression}`] as const] : []
  })
  return asked.length ? jsonBuildObject(Object.fromEntries(asked)) : null
}

export const sharedOf = (
  context: PersonContext,
  sources: readonly Source[],
): Record<string, Expression<Record<string, unknown>>> =>
  Object.assign({}, ...sources.map((source) => source.shared?.(context))) as Record<
    string,
    Expression<Record<string, unknown>>
  >
