import type { AliasableExpression, Expression } from 'kysely'
import { tables } from '../../platform/db/tables.ts'
import { Organisation } from './organisation.ts'

const db = tables(Organisation)

/** The name of an organisation: a piece for any statement that knows its id. */
export const organisationName = (id: Expression<string | null>): AliasableExpression<string | null> =>
  db.fragment.selectFrom('organisation').select('organisation.name').where('organisation.id', '=', id).$asScalar()
