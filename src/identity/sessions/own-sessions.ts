import type { PersonContext, Context } from '../../tenancy/context.ts'
import { lockAccount } from '../accounts/index.ts'
import { endOne, endSessions, livingSessions } from './account-store.ts'
import type { SessionLevel } from './session.ts'
import { changeDigest, lockSession } from './store.ts'

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
  const here = context.session.id
  const rows = await livingSessions(context, context.person.id, here)
  return rows.map((row) => ({ ...row, here: row.id === here }))
}

/**
 * Whether this session still lives, held until the end of the caller's transaction: what ends sessions waits for the
 * act, or the act finds its session ended. Acts of one account wait for each other, so that none sees half of another.
 */
export async function stillHere(context: PersonContext, levels: SessionLevel[] = ['signedIn']): Promise<boolean> {
  await lockAccount(context, context.person.id, 'no key update')
  return lockSession(context, context.session.id, levels)
}

/** The same session under a new id: whoever knew the old one stays outside. @param steppedUp the person just showed who they are */
export async function renewSession(context: PersonContext, { steppedUp = false } = {}): Promise<void> {
  const digest = context.renewSession({ goesOn: true })
  await changeDigest(context, context.session.id, { digest, steppedUp })
}

/** Ends one session of this person. @returns whether it is one of theirs; ended before is fine */
export const endOwnSession = (context: PersonContext, id: string): Promise<boolean> =>
  endOne(context, context.person.id, id)

/** Ends every session of this person but this one. */
export const endOtherSessions = (context: PersonContext): Promise<void> => endSessionsBut(context, context.person.id)

/** Ends every session of an account but one: that of this request, if it has one, unless said. */
export const endSessionsBut = (context: Context, accountId: string, but = context.session?.id ?? null): Promise<void> =>
  endSessions(context, accountId, { but })

/** Ends every session of an account, whoever asks. */
export const endAllSessions = (context: Context, accountId: string): Promise<void> => endSessions(context, accountId)
