import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { people } from '../accounts/index.ts'
import { KnownBrowser, SignInAlarm } from './browser-entities.ts'
import { trustedBy } from './trusted-store.ts'

const db = tables(KnownBrowser, SignInAlarm)

/** Notes that a browser is known by this digest, from now on or once more. */
export async function putBrowser(context: Context, accountId: string, digest: string): Promise<void> {
  const { tenant, at } = context
  await db(context)
    .insertInto('known_browser')
    .values({
      tenant_id: tenant.id,
      id: crypto.randomUUID(),
      account_id: accountId,
      digest,
      created_at: at,
      seen_at: at,
    })
    .onConflict((on) => on.columns(['tenant_id', 'account_id', 'digest']).doUpdateSet({ seen_at: at }))
    .execute()
}

/** By which row a browser is known to an account: as one that signed in since a moment, or as a trusted computer. */
export async function findBrowser(
  context: Context,
  accountId: string,
  { known, trust, since }: { known: string; trust: string; since: Date },
): Promise<string | null> {
  const row = await db(context)
    .selectFrom('known_browser')
    .select('id')
    .where('account_id', '=', accountId)
    .where('digest', '=', known)
    .where('seen_at', '>', since)
    .unionAll(trustedBy(context, accountId, trust))
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

export async function deleteBrowsers(context: Context, accountId: string): Promise<void> {
  await db(context).deleteFrom('known_browser').where('account_id', '=', accountId).execute()
}

export async function deleteUnseen(context: Context, until: Date): Promise<void> {
  await db(context).deleteFrom('known_browser').where('seen_at', '<=', until).execute()
}

/** When the one that was not seen for longest was last seen. */
export async function longestUnseen(context: Context): Promise<Date | null> {
  const left = await db(context)
    .selectFrom('known_browser')
    .select((eb) => eb.fn.min<Date | null>('seen_at').as('at'))
    .executeTakeFirst()
  return left?.at ?? null
}

/**
 * Notes that the owner of an account is to be told of tries; of an account nobody has nothing is noted, by the same
 * statement.
 */
export async function putAlarm(context: Context, accountId: string): Promise<void> {
  await db(context)
    .insertInto('sign_in_alarm')
    .columns(['tenant_id', 'account_id', 'at'])
    .expression(
      db(context)
        .selectFrom(people.as('a'))
        .select((eb) => ['a.tenant_id', 'a.id', eb.cast<Date>(eb.val(context.at), 'timestamptz').as('at')])
        .where('a.id', '=', accountId),
    )
    .onConflict((on) => on.doNothing())
    .execute()
}

/** Whose owners are to be told, the longest waiting first. */
export async function alarms(context: Context, most: number): Promise<string[]> {
  const rows = await db(context).selectFrom('sign_in_alarm').select('account_id').orderBy('at').limit(most).execute()
  return rows.map((row) => row.account_id)
}

/** Takes an alarm away. @returns whether there was one: of many at the same moment one gets true */
export async function takeAlarm(context: Context, accountId: string): Promise<boolean> {
  const row = await db(context)
    .deleteFrom('sign_in_alarm')
    .where('account_id', '=', accountId)
    .returning('account_id')
    .executeTakeFirst()
  return row !== undefined
}
