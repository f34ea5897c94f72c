import { freshFor } from '../../tenancy/freshness.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import type { Person, PersonVisit, SessionFacts, Visit } from '../../tenancy/visit.ts'
import { knowBrowser } from './known-browser.ts'
import { isOverdue, owed, standingSelect, type Standing } from './owed.ts'
import type { SessionLevel, Via } from './session.ts'

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
  standing: Standing
}

/**
 * Finds out who is here: the session of this browser and its person, in one statement, on every request.
 * Revoked, too long idle, past its end or of a blocked account is nobody; so is who lacks what the firm asks by now of
 * everybody: signing in anew leads to the steps that are missing, and nothing else opens.
 */
export async function recognise(visit: Visit): Promise<void> {
  const row = await visit.one<Row>(
    `select s.id, s.level, s.via, s.factor, s.started_at, greatest(s.authenticated_at, s.stepped_up_at) as authenticated_at,
            coalesce(s.authenticated_at, s.started_at) as let_in_at, s.last_seen_at, s.ends_at,
            a.id as account_id, a.kind, a.name, a.email, a.username, a.role, a.organisation_id, a.language, ${standingSelect} as standing
     from portal_session s join account a on a.tenant_id = s.tenant_id and a.id = s.account_id
     where s.digest = ? and s.revoked_at is null and a.blocked_at is null and s.ends_at > ? and s.last_seen_at > ?`,
    [visit.browser.digest, visit.at, visit.ago(visit.policy.session.idle)],
  )
  if (!row) return
  const missing = row.level === 'signedIn' ? owed(visit.tenant, row.standing, row.via) : null
  if (missing && isOverdue(missing, visit.today)) {
    visit.overdue = true
    return
  }
  visit.person = {
    id: row.account_id,
    kind: row.kind,
    name: row.name,
    email: row.email,
    username: row.username,
    role: row.role,
    organisationId: row.organisation_id,
    language: row.language,
  }
  visit.session = facts(row)
  // Their own language, unless this browser was told another.
  if (!visit.browser.recall('language') && visit.policy.languages.includes(row.language))
    visit.facts.language = row.language
  if (!visit.facts.background && visit.at.getTime() - new Date(row.last_seen_at).getTime() > seenEvery) {
    await visit.query('update portal_session set last_seen_at = ? where id = ?', [visit.at, row.id])
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
export function isFresh(visit: Visit): boolean {
  const at = visit.session?.authenticatedAt
  return Boolean(at && at > visit.ago(freshFor))
}

/**
 * Begins a session with a new id, and ends the one this browser had: never two people in one browser.
 * @param begun.trusted the second step was left out because of a trusted computer: that is no proof for a step-up
 */
export async function beginSession(
  visit: Visit,
  begun: { accountId: string; level: SessionLevel; via: Via; factor?: FactorName | null; trusted?: boolean },
): Promise<void> {
  await endSession(visit)
  const digest = visit.renewSession()
  await visit.query(
    `insert into portal_session (tenant_id, id, digest, account_id, level, via, factor, form, started_at, authenticated_at, last_seen_at, ends_at, browser, network)
     values (?, gen_random_uuid(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      visit.tenant.id,
      digest,
      begun.accountId,
      begun.level,
      begun.via,
      begun.factor ?? null,
      visit.facts.nonce,
      visit.at,
      begun.level === 'signedIn' && !begun.trusted ? visit.at : null,
      visit.at,
      visit.from(begun.level === 'secondStep' ? halfWay : visit.policy.session.most),
      visit.facts.agent,
      visit.network,
    ],
  )
  if (begun.level === 'signedIn') await knowBrowser(visit, begun.accountId)
}

/** Lets somebody further in, under a new id: whoever knew the old one stays outside. */
export async function raiseSession(visit: PersonVisit, level: SessionLevel): Promise<boolean> {
  const digest = visit.renewSession({ goesOn: true })
  const raised = await visit.one(
    `update portal_session set digest = ?, ends_at = case when level = 'secondStep' then ?::timestamptz else ends_at end, level = ?, authenticated_at = coalesce(authenticated_at, ?)
     where id = ? and revoked_at is null returning id`,
    [digest, visit.from(visit.policy.session.most), level, visit.at, visit.session.id],
  )
  if (raised && level === 'signedIn') await knowBrowser(visit, visit.person.id)
  return raised !== null
}

/** Ends the session that waits for a second step and was begun by the very form that is sent now: sent twice, one goes on. @returns its digest */
export async function replaceHalfWay(visit: Visit, accountId: string): Promise<string | null> {
  const row = await visit.one<{ digest: string }>(
    `update portal_session set revoked_at = ? where account_id = ? and form = ? and level = 'secondStep' and revoked_at is null returning digest`,
    [visit.at, accountId, visit.facts.nonce],
  )
  return row?.digest ?? null
}

/** Ends this session if it still waits for its second step. @returns whether it did: one that got further meanwhile stays */
export async function endHalfWay(visit: PersonVisit): Promise<boolean> {
  return (
    null !==
    (await visit.one(
      `update portal_session set revoked_at = ? where id = ? and level = 'secondStep' and revoked_at is null returning id`,
      [visit.at, visit.session.id],
    ))
  )
}

/** With which factor this session will give its second step. */
export async function chooseFactor(visit: PersonVisit, factor: FactorName): Promise<void> {
  await visit.query(`update portal_session set factor = ? where id = ? and level = 'secondStep'`, [
    factor,
    visit.session.id,
  ])
}

/** Ends the session this browser has, if any: at once and for good, also for requests under way. */
export async function endSession(visit: Visit): Promise<void> {
  if (visit.session)
    await visit.query('update portal_session set revoked_at = ? where id = ? and revoked_at is null', [
      visit.at,
      visit.session.id,
    ])
}
