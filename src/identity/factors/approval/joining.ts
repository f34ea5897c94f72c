import { digest } from '../../../platform/crypto/encryption.ts'
import { findLink, issueLink, openHeld, sealHeld, spend, type LinkState } from '../../tokens/index.ts'
import { freshFor } from '../../../tenancy/freshness.ts'
import type { PersonContext, Context } from '../../../tenancy/context.ts'

const purpose = 'approverJoin'
/** How long the link works with which a device is added. */
const lifetime = 'PT15M'
/** Wrong numbers, after which the link is dead. */
const mostTries = 3

/** What is kept with the link, sealed: the link itself, to show it again, and the session that asked for it. */
interface Held {
  token: string
  session: string
}

/** A link that waits for another device, as the page shows it that asked for it. */
export interface Join {
  link: string
  number: string
  until: Date
}
/** A link as the other device finds it. */
export type JoinLink =
  | { state: 'alive'; id: string; accountId: string; session: string }
  | { state: Exclude<LinkState['state'], 'alive'> }

/** The number beside the picture: whoever has only the link does not know it. */
const numberOf = (context: Context, id: string): string =>
  String(10 + (parseInt(context.tenant.vault.mac('approver join', id).slice(0, 8), 16) % 90))

/** Makes a link for another device; the one before it is dead. In the caller's transaction. */
export async function offerJoin(context: PersonContext): Promise<void> {
  const token = await issueLink(context, context.person.id, purpose, lifetime)
  const row = await context.one<{ id: string }>('select id from one_time where digest = ? and purpose = ?', [
    digest(token),
    purpose,
  ])
  if (!row) throw new Error('a link that was just made is not there')
  const held: Held = { token, session: context.session.id }
  await context.query('update one_time set held = ?, tries_allowed = ? where id = ?', [
    sealHeld(context, row.id, JSON.stringify(held)),
    mostTries,
    row.id,
  ])
}

/** The link that this session made and no device has used yet. */
export async function joinOffered(context: PersonContext): Promise<Join | null> {
  const row = await context.one<{ id: string; held: string; expires_at: string }>(
    `select id, held, expires_at from one_time where account_id = ? and purpose = ? and used_at is null and dead_at is null and expires_at > ?`,
    [context.person.id, purpose, context.at],
  )
  if (!row) return null
  const held = openHeld(context, row.id, row.held)
  if (held === null) return null
  const { token, session } = JSON.parse(held) as Held
  return session === context.session.id
    ? {
        link: `${context.tenant.origin}/approve/join/${token}`,
        number: numberOf(context, row.id),
        until: new Date(row.expires_at),
      }
    : null
}

/**
 * Looks a link up on the other device. It dies with the session that made it: whoever ends all sessions ends this too. Of
 * who is signed in it works only as long as they may change how they sign in; stepping up again wakes it.
 */
export async function findJoin(context: Context, token: string): Promise<JoinLink> {
  const found = await findLink(context, token, purpose)
  if (found.state !== 'alive') return { state: found.state }
  const { session } = JSON.parse(found.link.held ?? '{}') as Held
  const alive = await context.one<{ fresh: boolean }>(
    `select s.level = 'onboarding' or coalesce(greatest(s.authenticated_at, s.stepped_up_at) > ?, false) as fresh
     from portal_session s join account a on a.tenant_id = s.tenant_id and a.id = s.account_id where s.id = ? and s.revoked_at is null and s.ends_at > ? and a.blocked_at is null`,
    [context.ago(freshFor), session, context.at],
  )
  if (!alive) return { state: 'replaced' }
  return alive.fresh
    ? { state: 'alive', id: found.link.id, accountId: found.link.accountId, session }
    : { state: 'expired' }
}

/**
 * Spends the link when the number is the one beside the picture. Counted before it is judged, in the caller's transaction.
 * @returns `wrong`: may be tried again; `closed`: that was the last time, or somebody else was first
 */
export async function spendJoin(
  context: Context,
  link: { id: string },
  number: string,
): Promise<'right' | 'wrong' | 'closed'> {
  const tried = await context.one<{ tries: number }>(
    'update one_time set tries = tries + 1 where id = ? and tries < tries_allowed and used_at is null and dead_at is null returning tries',
    [link.id],
  )
  if (!tried) return 'closed'
  if (number === numberOf(context, link.id)) return (await spend(context, link.id)) ? 'right' : 'closed'
  if (tried.tries < mostTries) return 'wrong'
  await context.query('update one_time set dead_at = ? where id = ?', [context.at, link.id])
  return 'closed'
}
