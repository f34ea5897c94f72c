import {
  countTryAt,
  findLink,
  attach,
  issueLink,
  killOne,
  livingOf,
  openHeld,
  sealHeld,
  spend,
  type LinkState,
} from '../../tokens/index.ts'
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
  const row = await livingOf(context, { accountId: context.person.id, purpose })
  if (!row) throw new Error('a link that was just made is not there')
  const held: Held = { token, session: context.session.id }
  await attach(context, row.id, { held: sealHeld(context, row.id, JSON.stringify(held)), triesAllowed: mostTries })
}

/** The link that this session made and no device has used yet. */
export async function joinOffered(context: PersonContext): Promise<Join | null> {
  const row = await livingOf(context, { accountId: context.person.id, purpose })
  const held = row?.held ? openHeld(context, row.id, row.held) : null
  if (!row || held === null) return null
  const { token, session } = JSON.parse(held) as Held
  return session === context.session.id
    ? {
        link: `${context.tenant.origin}/approve/join/${token}`,
        number: numberOf(context, row.id),
        until: row.expires_at,
      }
    : null
}

/** Looks a link up on the other device, with the session that made it: it works only as long as that may change how its owner signs in. */
export async function findJoin(context: Context, token: string): Promise<JoinLink> {
  const found = await findLink(context, token, purpose)
  if (found.state !== 'alive') return { state: found.state }
  const { session } = JSON.parse(found.link.held ?? '{}') as Held
  return { state: 'alive', id: found.link.id, accountId: found.link.accountId, session }
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
  const tries = await countTryAt(context, link.id)
  if (tries === null) return 'closed'
  if (number === numberOf(context, link.id)) return (await spend(context, link.id)) ? 'right' : 'closed'
  if (tries < mostTries) return 'wrong'
  await killOne(context, link.id)
  return 'closed'
}
