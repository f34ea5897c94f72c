import type { ExpressionBuilder } from 'kysely'
import { tables, type TablesOf } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { Session, type Via } from './session.ts'

/** Statements on all sessions of an account; those on one session stand in `store.ts`. */
const db = tables(Session)
type Where = ExpressionBuilder<TablesOf<typeof db>, 'portal_session'>

/** Neither ended, nor past its end, nor idle for too long. */
const living = (context: Context) => (eb: Where) =>
  eb.and([
    eb('revoked_at', 'is', null),
    eb('ends_at', '>', context.at),
    eb('last_seen_at', '>', context.ago(context.policy.session.idle)),
  ])

/** Every living session of an account: this one first, then the one seen last. */
export const livingSessions = (context: Context, accountId: string, here: string) =>
  db(context)
    .selectFrom('portal_session')
    .select(['id', 'browser', 'network', 'started_at as startedAt', 'last_seen_at as lastSeenAt'])
    .where('account_id', '=', accountId)
    .where(living(context))
    .orderBy((eb) => eb('id', '=', here), 'desc')
    .orderBy('last_seen_at', 'desc')
    .execute()

/** In how many places somebody is signed in now. */
export async function countSessions(context: Context, accountId: string): Promise<number> {
  const { n } = await db(context)
    .selectFrom('portal_session')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where(living(context))
    .executeTakeFirstOrThrow()
  return n
}

/** Ends one session of an account. @returns whether it is one of theirs; ended before is fine */
export async function endOne(context: Context, accountId: string, id: string): Promise<boolean> {
  const row = await db(context)
    .updateTable('portal_session')
    .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(context.at)) }))
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends the sessions of an account: all, all but one, or those that came in one way. */
export async function endSessions(
  context: Context,
  accountId: string,
  { but = null, via }: { but?: string | null; via?: Via } = {},
): Promise<void> {
  await db(context)
    .updateTable('portal_session')
    .set({ revoked_at: context.at })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .$if(but !== null, (query) => query.where('id', '<>', but!))
    .$if(via !== undefined, (query) => query.where('via', '=', via!))
    .execute()
}

/** Ends the session that waits for a second step and was begun by this form. @returns its digest */
export async function endBegunBy(context: Context, accountId: string, form: string | null): Promise<string | null> {
  const row = await db(context)
    .updateTable('portal_session')
    .set({ revoked_at: context.at })
    .where('account_id', '=', accountId)
    .where('form', '=', form)
    .where('level', '=', 'secondStep')
    .where('revoked_at', 'is', null)
    .returning('digest')
    .executeTakeFirst()
  return row?.digest ?? null
}
