import { tables } from '../../../platform/db/tables.ts'
import type { Context } from '../../../tenancy/context.ts'
import { enrolments } from '../enrolments.ts'
import { Authenticator } from './entity.ts'

const db = tables(Authenticator)

export const apps = enrolments(db, 'authenticator', { came: 'confirmed_at', went: 'removed_at', called: 'name' })

/** The most one person may have. */
export const mostApps = 5

/** An app with codes as its owner sees it; `name` is null when it was never given one. */
export interface OwnApp {
  id: string
  name: string | null
  since: Date
}

/** Somebody's apps, the oldest first. */
export async function ownApps(context: Context, accountId: string): Promise<OwnApp[]> {
  const rows = await db(context)
    .selectFrom('authenticator')
    .select(['id', 'name', 'confirmed_at as since'])
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .orderBy('confirmed_at')
    .orderBy('id')
    .execute()
  return rows
}

/** What the codes of somebody's apps are judged by, the oldest first; with `hadAt` of those that were there by then. */
export const secretsOf = (context: Context, accountId: string, hadAt?: Date) =>
  db(context)
    .selectFrom('authenticator')
    .select(['id', 'secret', 'last_step'])
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .$if(hadAt !== undefined, (query) => query.where('confirmed_at', '<=', hadAt as Date))
    .orderBy('confirmed_at')
    .orderBy('id')
    .execute()

/** How many apps somebody has had: the secret of each new one differs from all before. */
export async function appsSoFar(context: Context, accountId: string): Promise<number> {
  const { n } = await db(context)
    .selectFrom('authenticator')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return n
}

/** Of two requests with the same code at the same moment one uses it up. */
export async function useStep(context: Context, id: string, step: number): Promise<boolean> {
  const row = await db(context)
    .updateTable('authenticator')
    .set({ last_step: step })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Remembers by how many steps a code of this app was off in this session.
 * @returns by how many the one before it was, in the same session
 */
export async function rememberNearMiss(
  context: Context,
  id: string,
  { stepsOff, sessionId }: { stepsOff: number; sessionId: string },
): Promise<number | null> {
  const before = await db(context)
    .selectFrom('authenticator')
    .select(['near_miss', 'near_miss_in'])
    .where('id', '=', id)
    .executeTakeFirst()
  await db(context)
    .updateTable('authenticator')
    .set({ near_miss: stepsOff, near_miss_in: sessionId })
    .where('id', '=', id)
    .execute()
  return before?.near_miss_in === sessionId ? before.near_miss : null
}

/** Keeps an app that is confirmed, its secret sealed. @param app.lastStep the newest 30-second step that was used. @param app.since now, unless said */
export async function saveAuthenticator(
  context: Context,
  accountId: string,
  {
    secret,
    name,
    lastStep,
    since = context.at,
  }: { secret: string; name: string | null; lastStep: number | null; since?: Date },
): Promise<void> {
  const id = crypto.randomUUID()
  await db(context)
    .insertInto('authenticator')
    .values({
      tenant_id: context.tenant.id,
      id,
      account_id: accountId,
      name,
      secret: context.tenant.vault.seal(context.associatedData('authenticator', 'secret', id), secret),
      last_step: lastStep,
      confirmed_at: since,
    })
    .execute()
}

/** What is sealed of somebody's apps, the oldest first. */
export const sealedSecrets = (context: Context, accountId: string) =>
  db(context)
    .selectFrom('authenticator')
    .select(['id', 'secret as sealed'])
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .orderBy('confirmed_at')
    .orderBy('id')
    .execute()
