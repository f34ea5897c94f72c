import { notFound } from '../../platform/errors.ts'
import type { Visit } from '../../tenancy/visit.ts'
import { mailFails, withinReach } from '../accounts/index.ts'
import { pendingSelect } from '../onboarding/index.ts'
import { shown, states, type PersonRow, type PersonShown } from './person.ts'

/** People on one page of the list. */
const perPage = 50

/** A page of the list: who needs attention is on top. `total` counts all pages. */
export interface PeoplePage { people: PersonShown[]; total: number; page: number; more: boolean }

/** One condition on `account a`, with its parameters. */
interface Condition { where: string; params: unknown[] }

const rank = states.map((state, at) => `when '${state}' then ${at}`).join(' ')

const openRun = `select id, policy_version, started_at from run
  where tenant_id = a.tenant_id and account_id = a.id and track = 'activation' and finished_at is null and ended_at is null limit 1`

/**
 * Everything about people that staff see, in one statement. The first part meets every account once, by index (and so
 * needs no statistics to be quick); the facts that cost more are looked up for the page's rows only.
 * A mail that failed for whatever reason counts as long as the person has not signed in since and no later invitation went out.
 */
function selectPeople(visit: Visit, { where, params }: Condition, offset: number): { sql: string; params: unknown[] } {
  const reach = withinReach(visit)
  const sql = `
    with people as (
      select a.tenant_id, a.id, lower(a.name) as sorted, l.created_at as invited_at, l.expires_at, l.dead_at,
        case when ${mailFails} then a.mail_failed_at end as mail_fails_since,
        case when f.made_at >= greatest(l.created_at, a.last_sign_in_at, a.created_at) then f.at end as mail_failed_at,
        case when a.blocked_at is not null then case when a.activated_at is null then 'withdrawn' else 'blocked' end
             when a.activated_at is not null then 'active'
             when l.dead_at is not null then 'refused'
             when l.used_at is null and l.expires_at <= ? then 'expired'
             when l.used_at is not null or r.id is not null then 'opened'
             when l.created_at is null then 'new'
             else 'invited' end as state
      from account a
        left join lateral (
          select created_at, expires_at, used_at, dead_at from one_time
          where tenant_id = a.tenant_id and account_id = a.id and purpose = 'activation' order by created_at desc, dead_at is null desc limit 1) l on true
        left join lateral (
          select max(created_at) as made_at, max(failed_at) as at from outbox_message
          where tenant_id = a.tenant_id and account_id = a.id and kind = 'mail' and failed_at is not null) f on true
        left join lateral (${openRun}) r on true
      where ${reach.where} and ${where}
    ), here as (
      select p.*, count(*) over ()::int as total, row_number() over (
        order by p.mail_fails_since is null and p.mail_failed_at is null, case p.state ${rank} end, p.sorted, p.id) as place
      from people p
      order by place limit ${perPage} offset ?
    )
    select h.*, a.invite_after, a.known_elsewhere, a.name, a.email, a.username, a.kind, a.role, a.language, a.activated_at, a.blocked_at, a.last_sign_in_at,
      o.name as organisation, r.started_at, ${pendingSelect} as pending
    from here h
      join account a on a.tenant_id = h.tenant_id and a.id = h.id
      left join organisation o on o.tenant_id = a.tenant_id and o.id = a.organisation_id
      left join lateral (${openRun}) r on true
    order by h.place`
  return { sql, params: [visit.at, ...reach.params, ...params, offset] }
}

/** Any text as what it says itself: % and _ are letters here. */
const like = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** The people this person may see, by name or e-mail address where something is looked for; or only those whose mail comes back. */
export async function listPeople(visit: Visit, { search, page, onlyMailFails = false }: { search: string; page: number; onlyMailFails?: boolean }): Promise<PeoplePage> {
  const looked = search
    ? { where: `(lower(a.name) like ? or a.email_lookup like ? or a.username_lookup like ?)`, params: [like(search), like(search), like(search)] }
    : { where: 'true', params: [] }
  const { sql, params } = selectPeople(visit, { ...looked, ...(onlyMailFails && { where: `${looked.where} and ${mailFails}` }) }, (page - 1) * perPage)
  const rows = await visit.query<PersonRow>(sql, params)
  const total = rows[0]?.total ?? 0
  return { people: rows.map((row) => shown(visit, row)), total, page, more: page * perPage < total }
}

/** How many of the people this person may see get no mail. */
export async function countMailFails(visit: Visit): Promise<number> {
  const { where, params } = withinReach(visit)
  return (await visit.one<{ n: number }>(`select count(*)::int as n from account a where ${where} and ${mailFails}`, params))?.n ?? 0
}

/** One of the people this person may see. @throws Refusal 404, also for who exists and is out of reach */
export async function personShown(visit: Visit, id: string): Promise<PersonShown> {
  const { sql, params } = selectPeople(visit, { where: 'a.id = ?', params: [id] }, 0)
  const row = await visit.one<PersonRow>(sql, params)
  if (!row) throw notFound()
  return shown(visit, row)
}
