import type { Insertable, Updateable } from 'kysely'
import { anyOf } from '../../platform/db/lists.ts'
import { tables, type TablesOf } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { nameUnlessBlocked, people } from '../accounts/index.ts'
import { Session, type SessionLevel } from './session.ts'

const db = tables(Session)
type Row = TablesOf<typeof db>['portal_session']

export async function insertSession(
  context: Context,
  row: Omit<Insertable<Row>, 'tenant_id' | 'id' | 'started_at' | 'last_seen_at'>,
): Promise<void> {
  const { tenant, at } = context
  await db(context)
    .insertInto('portal_session')
    .values({ tenant_id: tenant.id, id: crypto.randomUUID(), started_at: at, last_seen_at: at, ...row })
    .execute()
}

/** A change of a session that was not ended, by its id. @returns whether there was one */
async function changeOpen(context: Context, id: string, set: Updateable<Row>, level?: SessionLevel): Promise<boolean> {
  const row = await db(context)
    .updateTable('portal_session')
    .set(set)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .$if(level !== undefined, (query) => query.where('level', '=', level!))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Somebody was seen; written at most once a minute. */
export async function noteSeen(context: Context, id: string): Promise<void> {
  await db(context).updateTable('portal_session').set({ last_seen_at: context.at }).where('id', '=', id).execute()
}

/** A session further in, under another digest; one that waited for a second step lasts as long as any from here on. */
export async function raise(
  context: Context,
  id: string,
  { digest, level, endsAt }: { digest: string; level: SessionLevel; endsAt: Date },
): Promise<boolean> {
  const row = await db(context)
    .updateTable('portal_session')
    .set((eb) => ({
      digest,
      level,
      ends_at: eb.case().when('level', '=', 'secondStep').then(endsAt).else(eb.ref('ends_at')).end(),
      authenticated_at: eb.fn.coalesce('authenticated_at', eb.val(context.at)),
    }))
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The same session under another digest. @param steppedUp the person just showed who they are */
export async function changeDigest(
  context: Context,
  id: string,
  { digest, steppedUp }: { digest: string; steppedUp: boolean },
): Promise<void> {
  await db(context)
    .updateTable('portal_session')
    .set({ digest, ...(steppedUp && { stepped_up_at: context.at }) })
    .where('id', '=', id)
    .execute()
}

/** Ends a session that was not ended; with `level` only where it got no further. @returns whether it did */
export const end = (context: Context, id: string, level?: SessionLevel): Promise<boolean> =>
  changeOpen(context, id, { revoked_at: context.at }, level)

/** With which factor a session that waits for one goes on. */
export async function setFactor(context: Context, id: string, factor: NonNullable<Row['factor']>): Promise<void> {
  await db(context)
    .updateTable('portal_session')
    .set({ factor })
    .where('id', '=', id)
    .where('level', '=', 'secondStep')
    .execute()
}

/** Locks a session that was not ended and is at one of these levels. @returns whether there is one */
export async function lockSession(context: Context, id: string, levels: readonly SessionLevel[]): Promise<boolean> {
  const row = await db(context)
    .selectFrom('portal_session')
    .select('id')
    .where('id', '=', id)
    .where((eb) => eb('level', '=', anyOf(levels)))
    .where('revoked_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** How far a living session is, when its person last showed who they are, and their name unless they are blocked. */
export const findShown = (context: Context, id: string) =>
  db(context)
    .selectFrom('portal_session as s')
    .select(['s.level', 's.authenticated_at', 's.stepped_up_at'])
    .select((eb) => nameUnlessBlocked(eb.ref('s.account_id')).as('owner'))
    .where('s.id', '=', id)
    .where('s.revoked_at', 'is', null)
    .where('s.ends_at', '>', context.at)
    .executeTakeFirst()

/** Whose session this digest was or is: null for one that never got past the second step, and of a blocked account. */
export const findOwner = (context: Context, digest: string) =>
  db(context)
    .selectFrom('portal_session as s')
    .innerJoin(people.as('a'), (join) =>
      join.onRef('a.tenant_id', '=', 's.tenant_id').onRef('a.id', '=', 's.account_id'),
    )
    .select((eb) =>
      eb
        .case()
        .when(eb.and([eb('s.level', '<>', 'secondStep'), eb('a.blocked_at', 'is', null)]))
        .then(eb.ref('s.account_id'))
        .end()
        .as('owner'),
    )
    .where('s.digest', '=', digest)
    .executeTakeFirst()
