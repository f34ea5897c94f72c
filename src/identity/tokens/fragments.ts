import type { AliasableExpression, Expression } from 'kysely'
import { db } from './conditions.ts'
import type { Purpose } from './one-time.ts'

/** What other stores put into their statements about links and codes; nothing here runs by itself. */
const { fragment } = db

/** Links and codes as a source for others' statements, without what they hold: `.innerJoin(oneTimes.as('l'), …)`. */
export const oneTimes = fragment
  .selectFrom('one_time')
  .select([
    'one_time.tenant_id',
    'one_time.id',
    'one_time.account_id',
    'one_time.purpose',
    'one_time.created_at',
    'one_time.expires_at',
    'one_time.used_at',
    'one_time.dead_at',
  ])

const made = (account: Expression<string>, purpose: Purpose) =>
  fragment
    .selectFrom('one_time')
    .select('one_time.id')
    .where('one_time.account_id', '=', account)
    .where('one_time.purpose', '=', purpose)

const exists = (rows: Expression<unknown>) => fragment.exists(rows) as AliasableExpression<boolean>

/** Whether something was ever made of an account for this purpose; with `since`: later than that. */
export const wasMade = (account: Expression<string>, purpose: Purpose, since?: Date): AliasableExpression<boolean> =>
  exists(since ? made(account, purpose).where('one_time.created_at', '>', since) : made(account, purpose))
