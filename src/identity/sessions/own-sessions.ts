import type { PersonContext, Context } from '../../tenancy/context.ts'
import type { SessionLevel } from './session.ts'

/** Where somebody is signed in now. `network` as limits count it; null for a session from before it was kept. */
export interface OwnSession {
  id: string
  browser: string
  network: string | null
  startedAt: Date
  lastSeenAt: Date
  here: boolean
}

/** Every living session of this person, this one first, then the one seen last. */
export async function ownSessions(context: PersonContext): Promise<OwnSession[]> {
  const rows = await context.query<{
    id: string
    browser: string
    network: string | null
    started_at: string
    last_seen_at: string
  }>(
    `select id, browser, network, started_at, last_seen_at from portal_session
     where account_id = ? and revoked_at is null and ends_at > ? and last_seen_at > ? order by id = ? desc, last_seen_at desc`,
    [context.person.id, context.at, context.ago(context.policy.session.idle), context.session.id],
  )
  return rows.map(({ id, browser, network, started_at, last_seen_at }) => ({
    id,
    browser,
    network,
    startedAt: new Date(started_at),
    lastSeenAt: new Date(last_seen_at),
    here: id === context.session.id,
  }))
}

/**
 * Whether this session still lives, held until the end of the caller's transaction: what ends sessions waits for the
 * act, or the act finds its session ended. Acts of one account wait for each other, so that none sees half of another.
 */
export async function stillHere(context: PersonContext, levels: SessionLevel[] = ['signedIn']): Promise<boolean> {
  await context.query('select from account where id = ? for no key update', [context.person.id])
  return (
    null !==
    (await context.one(
      'select id from portal_session where id = ? and level = any (?) and revoked_at is null for update',
      [context.session.id, `{${levels.join(',')}}`],
    ))
  )
}

/** The same session under a new id: whoever knew the old one stays outside. @param steppedUp the person just showed who they are */
export async function renewSession(context: PersonContext, { steppedUp = false } = {}): Promise<void> {
  const digest = context.renewSession({ goesOn: true })
  await context.query(
    'update portal_session set digest = ?, stepped_up_at = case when ? then ?::timestamptz else stepped_up_at end where id = ?',
    [digest, steppedUp, context.at, context.session.id],
  )
}

/** Ends one session of this person. @returns whether it is one of theirs; ended before is fine */
export async function endOwnSession(context: PersonContext, id: string): Promise<boolean> {
  const row = await context.one(
    'update portal_session set revoked_at = coalesce(revoked_at, ?) where id = ? and account_id = ? returning id',
    [context.at, id, context.person.id],
  )
  return row !== null
}

/** Ends every session of this person but this one. */
export const endOtherSessions = (context: PersonContext): Promise<void> => endSessionsBut(context, context.person.id)

/** Ends every session of an account but one: that of this request, if it has one, unless said. */
export async function endSessionsBut(
  context: Context,
  accountId: string,
  but = context.session?.id ?? null,
): Promise<void> {
  await context.query(
    'update portal_session set revoked_at = ? where account_id = ? and id is distinct from ?::uuid and revoked_at is null',
    [context.at, accountId, but],
  )
}

/** Ends every session of an account, whoever asks. */
export async function endAllSessions(context: Context, accountId: string): Promise<void> {
  await context.query('update portal_session set revoked_at = ? where account_id = ? and revoked_at is null', [
    context.at,
    accountId,
  ])
}
