import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { tables } from '../../platform/db/tables.ts'
import type { Context, PersonContext } from '../../tenancy/context.ts'
import { people } from '../../identity/accounts/index.ts'
import { adminsDecide, releases } from './deciders.ts'
import { RecoveryRelease, RecoveryRequest } from './entities.ts'

/** What the firm's people see of requests and decide about them. */
const db = tables(RecoveryRequest, RecoveryRelease)

/** Whether this account is for administrators to decide over. */
export async function isForAdmins(context: Context, accountId: string): Promise<boolean> {
  const row = await db(context)
    .selectFrom(people.as('a'))
    .select('a.id')
    .where('a.id', '=', accountId)
    .where((eb) => adminsDecide({ id: eb.ref('a.id'), kind: eb.ref('a.kind') }))
    .executeTakeFirst()
  return row !== undefined
}

/** Notes a yes. @returns false when this person said it before */
export async function putRelease(context: PersonContext, requestId: string): Promise<boolean> {
  const row = await db(context)
    .insertInto('recovery_release')
    .values({ tenant_id: context.tenant.id, request_id: requestId, staff_id: context.person.id, at: context.at })
    .onConflict((on) => on.doNothing())
    .returning('staff_id')
    .executeTakeFirst()
  return row !== undefined
}

/** How many yeses count now. */
export async function releasesOf(context: Context, requestId: string): Promise<number> {
  const row = await db(context)
    .selectNoFrom((eb) =>
      releases(eb.val(requestId))
        .select((l) => l.fn.countAll<number>().as('n'))
        .$asScalar()
        .as('n'),
    )
    .executeTakeFirst()
  return row?.n ?? 0
}

/** Requests of the firm as rows: the open ones first, the longest waiting on top. @param id only this one */
export const requestRows = (context: Context, id?: string) =>
  db(context)
    .selectFrom('recovery_request as r')
    .innerJoin(people.as('a'), (join) =>
      join.onRef('a.tenant_id', '=', 'r.tenant_id').onRef('a.id', '=', 'r.account_id'),
    )
    .select(['r.id', 'r.account_id as accountId', 'a.name', 'r.kind', 'r.asked_at as askedAt', 'r.due_at as dueAt'])
    .select(['r.done_at as doneAt', 'r.cancelled_at as cancelledAt', 'r.ended_at as endedAt'])
    .select((eb) => [
      eb.cast<boolean>(adminsDecide({ id: eb.ref('a.id'), kind: eb.ref('a.kind') }), 'boolean').as('adminsDecide'),
      jsonArrayFrom(releases(eb.ref('r.id')).select(['s.id', 's.name', 'l.at']).orderBy('l.at')).as('releases'),
    ])
    .$if(id !== undefined, (query) => query.where('r.id', '=', id!))
    .orderBy(
      (eb) => eb.fn.coalesce('r.done_at', 'r.cancelled_at', 'r.ended_at'),
      (by) => by.desc().nullsFirst(),
    )
    .orderBy('r.asked_at')
    .limit(200)
    .execute()
