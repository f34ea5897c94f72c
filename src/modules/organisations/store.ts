import type { AliasableExpression, Expression, ExpressionBuilder } from 'kysely'
import { people } from '../../identity/accounts/index.ts'
import { anyOf } from '../../platform/db/lists.ts'
import { tables, type TablesOf } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { Organisation } from './organisation.ts'

const db = tables(Organisation)
type In = ExpressionBuilder<TablesOf<typeof db>, 'organisation'>

/** The name as it is compared: capitals make no other organisation. */
const folded = (eb: In) => eb.fn<string>('lower', ['name'])

/** The name of an organisation: a piece for any statement that knows its id. */
export const organisationName = (id: Expression<string | null>): AliasableExpression<string | null> =>
  db.fragment.selectFrom('organisation').select('organisation.name').where('organisation.id', '=', id).$asScalar()

/** The first names in the order of the alphabet. */
export const firstNames = (context: Context, most: number) =>
  db(context).selectFrom('organisation').select('name').orderBy(folded).orderBy('id').limit(most).execute()

/** An organisation of this firm, or nothing. */
export const organisationById = (context: Context, id: string) =>
  db(context).selectFrom('organisation').select(['id', 'name']).where('id', '=', id).executeTakeFirst()

/** The organisation of this name, however it has capitals. */
export const organisationCalled = (context: Context, name: string) =>
  db(context)
    .selectFrom('organisation')
    .select('id')
    .where((eb) => eb(folded(eb), '=', eb.fn<string>('lower', [eb.val(name)])))
    .executeTakeFirst()

/** Which of these names, in small letters, are there. */
export const namesKnown = (context: Context, names: string[]) =>
  db(context)
    .selectFrom('organisation')
    .select((eb) => folded(eb).as('name'))
    .where((eb) => eb(folded(eb), '=', anyOf(names)))
    .execute()

/** Names that begin so, in the order of the alphabet. */
export const namesBeginning = (context: Context, word: string, most: number) =>
  db(context)
    .selectFrom('organisation')
    .select('name')
    .where((eb) => eb.fn<boolean>('starts_with', [folded(eb), eb.val(word)]))
    .orderBy(folded)
    .limit(most)
    .execute()

/** @returns its id */
export async function putOrganisation(context: Context, name: string): Promise<string> {
  const id = crypto.randomUUID()
  await db(context)
    .insertInto('organisation')
    .values({ tenant_id: context.tenant.id, id, name, created_at: context.at })
    .execute()
  return id
}

/** The name of the organisation somebody works for; null where they are of none. */
export async function organisationOf(context: Context, accountId: string): Promise<string | null> {
  const found = await db(context)
    .selectFrom(people.as('a'))
    .select((eb) => organisationName(eb.ref('a.organisation_id')).as('name'))
    .where('a.id', '=', accountId)
    .executeTakeFirst()
  return found?.name ?? null
}
