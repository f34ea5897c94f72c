import { freshFor } from '../../tenancy/freshness.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import { knowBrowser } from './known-browser.ts'
import type { SessionLevel, Via } from './session.ts'
import { endBegunBy } from './account-store.ts'
import { end, findShown, insertSession, raise, setFactor } from './store.ts'

/** How long somebody who gave the password has for the second step. */
const halfWay = 'PT15M'

/** Whether the person of this session showed only minutes ago who they are. */
export function isFresh(context: Context): boolean {
  const at = context.session?.authenticatedAt
  return Boolean(at && at > context.ago(freshFor))
}

/**
 * Whether whoever has this session may set up a factor now: on their way in, or signed in and fresh.
 * @returns null when the session is over
 */
export async function mayEnrol(context: Context, sessionId: string): Promise<boolean | null> {
  const row = await findShown(context, sessionId)
  if (!row || row.owner === null) return null
  const shown = [row.authenticated_at, row.stepped_up_at].some((at) => at !== null && at > context.ago(freshFor))
  return row.level === 'onboarding' || shown
}

/**
 * Begins a session with a new id, and ends the one this browser had: never two people in one browser.
 * @param begun.trusted the second step was left out because of a trusted computer: that is no proof for a step-up
 */
export async function beginSession(
  context: Context,
  begun: { accountId: string; level: SessionLevel; via: Via; factor?: FactorName | null; trusted?: boolean },
): Promise<void> {
  await endSession(context)
  const digest = context.renewSession()
  const { accountId, level, via, factor = null, trusted } = begun
  await insertSession(context, {
    digest,
    account_id: accountId,
    level,
    via,
    factor,
    form: context.facts.nonce,
    authenticated_at: level === 'signedIn' && !trusted ? context.at : null,
    ends_at: context.from(level === 'secondStep' ? halfWay : context.policy.session.most),
    browser: context.facts.agent,
    network: context.network,
  })
  if (level === 'signedIn') await knowBrowser(context, accountId)
}

/** Lets somebody further in, under a new id: whoever knew the old one stays outside. */
export async function raiseSession(context: PersonContext, level: SessionLevel): Promise<boolean> {
  const digest = context.renewSession({ goesOn: true })
  const endsAt = context.from(context.policy.session.most)
  const raised = await raise(context, context.session.id, { digest, level, endsAt })
  if (raised && level === 'signedIn') await knowBrowser(context, context.person.id)
  return raised
}

/** Ends the session that waits for a second step and was begun by the very form that is sent now: sent twice, one goes on. @returns its digest */
export const replaceHalfWay = (context: Context, accountId: string): Promise<string | null> =>
  endBegunBy(context, accountId, context.facts.nonce)

/** Ends this session if it still waits for its second step. @returns whether it did: one that got further meanwhile stays */
export const endHalfWay = (context: PersonContext): Promise<boolean> => end(context, context.session.id, 'secondStep')

/** With which factor this session will give its second step. */
export const chooseFactor = (context: PersonContext, factor: FactorName): Promise<void> =>
  setFactor(context, context.session.id, factor)

/** Ends the session this browser has, if any: at once and for good, also for requests under way. */
export async function endSession(context: Context): Promise<void> {
  if (context.session) await end(context, context.session.id)
}
