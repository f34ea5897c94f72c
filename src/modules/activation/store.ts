import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { changePeople, expectedPeople, people } from '../../identity/accounts/index.ts'
import { visible } from '../../identity/permissions/index.ts'
import { oneTimes, wasMade } from '../../identity/tokens/index.ts'
import { anyOf } from '../../platform/db/lists.ts'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'

/** No table is this module's own: all it reads are other owners' sources. */
const db = tables()

/** Who has one of these addresses or user names, as they are compared. */
export const findKnown = (context: Context, emails: string[], usernames: string[]) =>
  db(context)
    .selectFrom(people.as('a'))
    .select([
      'a.email_lookup as lookup',
      'a.username_lookup as username',
      'a.kind',
      'a.organisation_id as organisationId',
      'a.activated_at as activatedAt',
      'a.blocked_at as blockedAt',
    ])
    .where((eb) => eb.or([eb('a.email_lookup', '=', anyOf(emails)), eb('a.username_lookup', '=', anyOf(usernames))]))
    .execute()

/** Whose password is not chosen and whose account is open: who an invitation may wait for. */
const waiting = (context: Context) =>
  db(context)
    .selectFrom(expectedPeople.as('a'))
    .where((eb) => eb.not('a.has_password'))

/** Noted for a day that has come; or, at a firm that has such a day, never invited at all. */
const scheduled = (context: Context) =>
  waiting(context)
    .select('a.id')
    .where((eb) =>
      eb.or([
        eb('a.invite_after', '<=', context.at),
        ...(context.policy.existing.mail
          ? [eb.and([eb('a.invite_after', 'is', null), eb.not(wasMade(eb.ref('a.id'), 'activation'))])]
          : []),
      ]),
    )

/** Whose invitation waited for its day, who was there first on top. */
export const firstScheduled = (context: Context, most: number) =>
  scheduled(context).orderBy('a.created_at').limit(most).execute()

/** Locks an account whose invitation still waits for its day. @returns whether it does */
export async function lockScheduled(context: Context, id: string): Promise<boolean> {
  const row = await scheduled(context).where('a.id', '=', id).forUpdate().executeTakeFirst()
  return row !== undefined
}

/** The first moment ahead at which somebody noted for later is invited. */
export async function nextScheduled(context: Context): Promise<Date | null> {
  const next = await waiting(context)
    .select((eb) => eb.fn.min<Date | null>('a.invite_after').as('at'))
    .where('a.invite_after', '>', context.at)
    .executeTakeFirst()
  return next?.at ?? null
}

/**
 * Where the invitation of an account stands, until when it waits, and from when it goes out by itself; of who has none,
 * nothing.
 */
export const invitationOf = (context: Context, accountId: string) =>
  db(context)
    .selectFrom(people.as('a'))
    .select(['a.invitation', 'a.invitation_ends_at', 'a.invite_after'])
    .where('a.id', '=', accountId)
    .where((eb) => eb.or([eb('a.invitation', '<>', 'none'), eb('a.invite_after', 'is not', null)]))
    .execute()

/** The newest invitation of an account, with what has closed it or the account since. */
export const newestInvitation = (context: Context, accountId: string) =>
  db(context)
    .selectFrom(people.as('a'))
    .innerJoin(oneTimes.as('l'), (join) =>
      join.onRef('l.tenant_id', '=', 'a.tenant_id').onRef('l.account_id', '=', 'a.id'),
    )
    .select(['a.activated_at', 'a.blocked_at', 'l.dead_at'])
    .where('a.id', '=', accountId)
    .where('l.purpose', '=', 'activation')
    .orderBy('l.created_at', 'desc')
    .orderBy((eb) => eb('l.dead_at', 'is', null), 'desc')
    .limit(1)
    .executeTakeFirst()

/**
 * Invitations nobody has opened that stop working before `until` and that this person can send again, the first to stop
 * on top; `total` counts all of them. Of one that never works longer only the last half counts, or each would be urgent
 * at once. A piece of a statement that gives JSON.
 */
export const expiring = (context: Context, until: Date, most: number) =>
  jsonArrayFrom(
    db.fragment
      .selectFrom(oneTimes.as('l'))
      .innerJoin(expectedPeople.as('a'), (join) =>
        join.onRef('a.tenant_id', '=', 'l.tenant_id').onRef('a.id', '=', 'l.account_id'),
      )
      .select(({ fn }) => ['a.id', 'a.name', 'l.expires_at as expiresAt', fn.countAll<number>().over().as('total')])
      // In the text: a plan made once knows that the index of open invitations serves it.
      .where('l.purpose', '=', sql.lit('activation' as const))
      .where('l.used_at', 'is', null)
      .where('l.dead_at', 'is', null)
      .where('l.expires_at', '>', context.at)
      .where('l.expires_at', '<=', until)
      .where((eb) => {
        const now = eb.cast<Date>(eb.val(context.at), 'timestamptz')
        return eb(eb(now, '-', eb.ref('l.created_at')), '>=', eb(eb.ref('l.expires_at'), '-', now))
      })
      .where(visible(context, changePeople, 'a'))
      .orderBy('l.expires_at')
      .limit(most),
  )
