import type { ExpressionBuilder } from 'kysely'
import { tables, type TablesOf } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { RecoveryRequest, type RequestKind } from './entities.ts'

/**
 * Every statement on one request at a time; what time does to them stands in `waiting-store.ts`, what
 * people decide in `decision-store.ts`.
 */
const db = tables(RecoveryRequest)
type Where = ExpressionBuilder<TablesOf<typeof db>, 'recovery_request'>

/** Neither done nor cancelled nor ended. */
export const isOpen = (eb: Where) =>
  eb.and([eb('done_at', 'is', null), eb('cancelled_at', 'is', null), eb('ended_at', 'is', null)])
/** What waited in it is wiped as soon as it is no longer open. */
export const nothingWaits = { password: null, number: null }

/** An open request, as the acts on it need to know it. */
export interface OpenRequest {
  id: string
  accountId: string
  kind: RequestKind
  askedAt: Date
  dueAt: Date | null
  sealed: { password: string; number: string } | null
}

/** The open request of an account. */
export async function openOf(context: Context, accountId: string): Promise<OpenRequest | null> {
  const row = await db(context)
    .selectFrom('recovery_request')
    .select(['id', 'account_id as accountId', 'kind', 'asked_at as askedAt', 'due_at as dueAt', 'password', 'number'])
    .where('account_id', '=', accountId)
    .where(isOpen)
    .executeTakeFirst()
  if (!row) return null
  const { password, number, ...known } = row
  return { ...known, sealed: password && number ? { password, number } : null }
}

/** What a new request says. */
export interface NewRequest {
  id: string
  accountId: string
  kind: RequestKind
  password: string | null
  number: string | null
  dueAt: Date | null
}

export async function putRequest(
  context: Context,
  { id, accountId, kind, password, number, dueAt }: NewRequest,
): Promise<void> {
  await db(context)
    .insertInto('recovery_request')
    .values({
      tenant_id: context.tenant.id,
      id,
      account_id: accountId,
      kind,
      password,
      number,
      asked_at: context.at,
      due_at: dueAt,
    })
    .execute()
}

/**
 * Closes an open request with one of its ends; what waited in it is wiped. Of many at the same moment one gets true.
 */
export async function closeRequest(
  context: Context,
  id: string,
  end: 'done_at' | 'cancelled_at' | 'ended_at',
  by: string | null = null,
): Promise<boolean> {
  const closed = await db(context)
    .updateTable('recovery_request')
    .set({ [end]: context.at, cancelled_by: by, ...nothingWaits })
    .where('id', '=', id)
    .where(isOpen)
    .returning('id')
    .executeTakeFirst()
  return closed !== undefined
}

/** Ends the open request of an account. */
export async function endRequestOf(context: Context, accountId: string): Promise<void> {
  await db(context)
    .updateTable('recovery_request')
    .set({ ended_at: context.at, ...nothingWaits })
    .where('account_id', '=', accountId)
    .where(isOpen)
    .execute()
}

/** Whose request it is, open or over. */
export async function accountOf(context: Context, id: string): Promise<string | null> {
  const row = await db(context)
    .selectFrom('recovery_request')
    .select('account_id')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.account_id ?? null
}

/** How many requests wait for somebody. */
export async function openRequests(context: Context): Promise<number> {
  const row = await db(context)
    .selectFrom('recovery_request')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where(isOpen)
    .executeTakeFirst()
  return row?.n ?? 0
}
