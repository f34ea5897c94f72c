import { sql, type RawBuilder } from 'kysely'

/** For `column = anyOf(values)`: the list goes as one value, so that the text, and with it the plan, is the same for any number. */
export const anyOf = <T>(values: readonly T[]): RawBuilder<T> => sql<T>`any(${values})`
