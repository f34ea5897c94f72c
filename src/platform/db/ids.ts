import { expressionBuilder, type Expression } from 'kysely'

const { cast, val } = expressionBuilder<object>()

/** An id as a part of a statement, where PostgreSQL would not know what it is. */
export const idOf = (id: string): Expression<string> => cast<string>(val(id), 'uuid')
