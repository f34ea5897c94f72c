import { keptStatement, type Slots } from '../../platform/db/kept.ts'
import { tables } from '../../platform/db/tables.ts'
import type { Context } from '../../tenancy/context.ts'
import { openPeople } from '../accounts/index.ts'
import { isOverdue, missing, requirementFacts } from '../requirements/index.ts'
import { Session } from './session.ts'
import { noteSeen } from './store.ts'

const db = tables(Session)

/** How old "last seen" may get before it is written again: not every request is a write. In milliseconds. */
const seenEvery = 60_000

interface SessionValues {
  digest: string
  at: Date
  idleSince: Date
}
const session = keptStatement<SessionValues>('digest', 'at', 'idleSince')

/** The living session of a browser, whose it is, and what their account has of each requirement. */
const living = (context: Context, { digest, at, idleSince }: Slots<SessionValues>) =>
  db(context)
    .selectFrom('portal_session as s')
    .innerJoin(openPeople.as('who'), (join) =>
      join.onRef('who.tenant_id', '=', 's.tenant_id').onRef('who.id', '=', 's.account_id'),
    )
    .select(['s.id', 's.level', 's.via', 's.factor', 's.started_at', 's.last_seen_at', 's.ends_at'])
    .select([
      'who.id as account_id',
      'who.kind',
      'who.name',
      'who.email',
      'who.username',
      'who.role',
      'who.organisation_id',
    ])
    .select(['who.language', 'who.previous_sign_in_at', 'who.mail_failed_at'])
    .select((eb) => [
      eb.fn<Date | null>('greatest', ['s.authenticated_at', 's.stepped_up_at']).as('authenticated_at'),
      eb.fn.coalesce('s.authenticated_at', 's.started_at').as('let_in_at'),
      requirementFacts(context.services, eb.ref('who.id')).as('requirementFacts'),
    ])
    .where('s.digest', '=', digest)
    .where('s.revoked_at', 'is', null)
    .where('s.ends_at', '>', at)
    .where('s.last_seen_at', '>', idleSince)

type Row = ReturnType<typeof living>['execute'] extends () => Promise<(infer R)[]> ? R : never

async function sessionHere(context: Context) {
  const { browser, at, policy, services } = context
  const [row] = await session(context, {
    of: services.modules,
    values: { digest: browser.digest, at, idleSince: context.ago(policy.session.idle) },
    build: (values) => living(context, values),
  })
  return row
}
/** Whether they lack what by now nothing opens without: of who is in only, since who comes in is asked on the way. */
function lacksOverdue(context: Context, { level, via, requirementFacts: has }: Row): boolean {
  const lacked = level === 'signedIn' ? missing(context.services, context.tenant, has ?? {}, via) : null
  return lacked !== null && isOverdue(lacked, context.today)
}

/** Puts down who is here, for everything that follows in this request. */
function enter(context: Context, row: Row): void {
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
    requirementFacts: row.requirementFacts ?? {},
  }
  context.session = {
    id: row.id,
    level: row.level,
    via: row.via,
    factor: row.factor,
    startedAt: row.started_at,
    endsAt: row.ends_at,
    authenticatedAt: row.authenticated_at,
    signedInAt: row.let_in_at,
  }
}

/**
 * Finds out who is here: the session of this browser and its person, in one statement, on every request.
 * Revoked, too long idle, past its end or of a blocked account is nobody; so is who lacks what the firm asks by now of
 * everybody: signing in anew leads to the steps that are missing, and nothing else opens.
 */
export async function recognise(context: Context): Promise<void> {
  const row = await sessionHere(context)
  if (!row) return
  if (lacksOverdue(context, row)) {
    context.overdue = true
    return
  }
  enter(context, row)
  // Their own language, unless this browser was told another.
  if (!context.browser.get('language') && context.policy.languages.includes(row.language))
    context.facts.language = row.language
  if (!context.facts.background && context.at.getTime() - row.last_seen_at.getTime() > seenEvery)
    await noteSeen(context, row.id)
}
