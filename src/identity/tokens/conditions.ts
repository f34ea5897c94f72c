import type { ExpressionBuilder, Insertable } from 'kysely'
import { tables, type TablesOf } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { OneTime, type Purpose } from './one-time.ts'

/** The statements of this folder, and what they ask of a row. */
export const db = tables(OneTime)
export type NewOneTime = Omit<Insertable<TablesOf<typeof db>['one_time']>, 'tenant_id' | 'created_at'>
type Where = ExpressionBuilder<TablesOf<typeof db>, 'one_time'>

/** Neither used nor replaced; it may be too late. */
export const unspent = (eb: Where) => eb.and([eb('used_at', 'is', null), eb('dead_at', 'is', null)])
export const alive = (context: Context) => (eb: Where) => eb.and([unspent(eb), eb('expires_at', '>', context.at)])
/** One that is bound to no session, or to this one. */
export const heldBy = (holder: string | null) => (eb: Where) =>
  eb.or([eb('holder', 'is', null), eb('holder', '=', holder)])

/** Whose and for what. */
export interface Of {
  accountId: string
  purpose: Purpose
}
export const of =
  ({ accountId, purpose }: Of) =>
  (eb: Where) =>
    eb.and({ account_id: accountId, purpose })
