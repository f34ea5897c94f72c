import { freshFor } from '../../tenancy/freshness.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import type { Person, PersonContext, SessionFacts, Context } from '../../tenancy/context.ts'
import { knowBrowser } from './known-browser.ts'
import { isOverdue, missing, standingSelect, type Standing } from '../requirements/index.ts'
import type { SessionLevel, Via } from './session.ts'
import { endBegunBy } from './account-store.ts'
import { end, findShown, insertSession, noteSeen, raise, setFactor } from './store.ts'

/** How long somebody who gave the password has for the second step. */
const halfWay = 'PT15M'
/** How old "last seen" may get before it is written again: not every request is a write. In milliseconds. */
const seenEvery = 60_000

interface Row {
  id: string
  level: SessionLevel
  via: Via
  factor: FactorName | null
  started_at: string
  authenticated_at: string | null
  let_in_at: string
  last_seen_at: string
  ends_at: string
  account_id: string
  kind: Person['kind']
  name: string
  email: string
  username: string | null
  role: string | null
  organisation_id: string | null
  language: Person['language']
  previous_sign_in_at: Date | null
  mail_failed_at: Date | null
  standing: Standing
}

/**
 * Finds out who is here: the session of this browser and its person, in one statement, on every request.
 * Revoked, too long idle, past its end or of a blocked account is nobody; so is who lacks what the firm asks by now of
 * everybody: signing in anew leads to the steps that are missing, and nothing else opens.
 */
export async function recognise(context: Context): Promise<void> {
  const row = await context.one<Row>(
    `select s.id, s.level, s.via, s.factor, s.started_at, greatest(s.authenticated_at, s.stepped_up_at) as authenticated_at,
            coalesce(s.authenticated_at, s.started_at) as let_in_at, s.last_seen_at, s.ends_at,
            a.id as account_id, a.kind, a.name, a.email, a.username, a.role, a.organisation_id, a.language,
            a.previous_sign_in_at, a.mail_failed_at, ${standingSelect(context.services)} as standing
     from portal_session s join account a on a.tenant_id = s.tenant_id and a.id = s.account_id
     where s.digest = ? and s.revoked_at is null and a.blocked_at is null and s.ends_at > ? and s.last_seen_at > ?`,
    [context.browser.digest, context.at, context.ago(context.policy.session.idle)],
  )
  if (!row) return
  const lacked = row.level === 'signedIn' ? missing(context.services, context.tenant, row.standing, row.via) : null
  if (lacked && isOverdue(lacked, context.today)) {
    context.overdue = true
    return
  }
  context.person = {
    id: row.account_id,
    kind: row.kind,
    name: row.name,
    email: row.email,
    username: row.username,
    role: row.role,
    organisationId: row.organisation_id,
    language: row.language,
    previousSignInAt: row.previous_sign_in_at,
    mailFailedAt: row.mail_failed_at,
    standing: row.standing,
  }
  context.session = facts(row)
  // Their own language, unless this browser was told another.
  if (!context.browser.get('language') && context.policy.languages.includes(row.language))
    context.facts.language = row.language
  if (!context.facts.background && context.at.getTime() - new Date(row.last_seen_at).getTime() > seenEvery) {
    await noteSeen(context, row.id)
  }
}

const facts = (row: Row): SessionFacts => ({
  id: row.id,
  level: row.level,
  via: row.via,
  factor: row.factor,
  startedAt: new Date(row.started_at),
  endsAt: new Date(row.ends_at),
  authenticatedAt: row.authenticated_at ? new Date(row.authenticated_at) : null,
  signedInAt: new Date(row.let_in_at),
})

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
