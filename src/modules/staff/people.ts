import { notFound } from '../../platform/http/errors.ts'
import type { Context } from '../../tenancy/context.ts'
import { invitePeople, mailFails } from '../../identity/accounts/index.ts'
import { pendingSelect } from '../../identity/flow/index.ts'
import { shown, states, type PersonRow, type PersonShown } from './person.ts'
import { visibleText } from '../../identity/permissions/index.ts'

/** People on one page of the list. */
const perPage = 50

/** A page of the list: who needs attention is on top. `total` counts all pages. */
export interface PeoplePage {
  people: PersonShown[]
  total: number
  page: number
  more: boolean
}

/** A condition on `account a`, and where wanted one on what it comes to (`people p`), each with its parameters. */
export interface Condition {
  where: string
  params: unknown[]
  only?: { where: string; params: unknown[] }
}

/** Whom the list can show: everybody, who does not get in without help, whose mail comes back, or one state. */
export const filters = ['all', 'stuck', 'mail', ...states] as const
export type Filter = (typeof filters)[number]
/** `attention`: who is stuck on top, then by name. */
export const sorts = ['attention', 'name', 'lastSignIn'] as const
export type Sort = (typeof sorts)[number]

/** Which part of the list, in which order. */
interface Placed {
  offset?: number
  most?: number
  sort?: Sort
}

const rank = states.map((state, at) => `when '${state}' then ${at}`).join(' ')

const orders: Record<Sort, string> = {
  attention: `mail_fails_since is null and mail_failed_at is null, case state ${rank} end, sorted, id`,
  name: 'sorted, id',
  lastSignIn: 'last_sign_in_at desc nulls last, sorted, id',
}

/** The newest invitation of the account, and what became of it. */
const invitation = (of: string) => `select created_at, expires_at, used_at, dead_at from one_time
  where ${of} and tenant_id = a.tenant_id and account_id = a.id and purpose = 'activation' order by created_at desc, dead_at is null desc limit 1`

const openRun = (of: string) => `select id, policy_version, started_at from run
  where ${of} and tenant_id = a.tenant_id and account_id = a.id and track = 'activation' and finished_at is null and ended_at is null limit 1`

/**
 * Everything about people that staff see, in one statement. The first part meets every account once and knows only what
 * filter and order need: invitation and activation are looked up, by index, of those who are not active. The facts that
 * cost more are looked up for the page's rows only.
 * A mail that failed for whatever reason counts as long as the person has not signed in since and no later invitation went out.
 */
export function selectPeople(
  context: Context,
  { where, params, only }: Condition,
  { offset = 0, most = perPage, sort = 'attention' }: Placed = {},
): { sql: string; params: unknown[] } {
  const reach = visibleText(context, invitePeople, 'a')
  const sql = `
    with people as (
      select a.tenant_id, a.id, lower(a.name) as sorted, a.last_sign_in_at, coalesce(r.started_at, l.created_at) as begun_at,
        case when ${mailFails} then a.mail_failed_at end as mail_fails_since,
        case when f.made_at >= greatest(l.created_at, a.last_sign_in_at, a.activated_at, a.created_at) then f.at end as mail_failed_at,
        case when a.blocked_at is not null then case when a.activated_at is null then 'withdrawn' else 'blocked' end
             when a.activated_at is not null then 'active'
             when l.dead_at is not null then 'refused'
             when l.used_at is null and l.expires_at <= ? then 'expired'
             when l.used_at is not null or r.id is not null then 'opened'
             when l.created_at is null then 'new'
             else 'invited' end as state
      from account a
        left join lateral (${invitation('a.activated_at is null')}) l on true
        left join lateral (
          select max(created_at) as made_at, max(failed_at) as at from outbox_message
          where tenant_id = a.tenant_id and account_id = a.id and kind = 'mail' and failed_at is not null) f on true
        left join lateral (${openRun('a.activated_at is null')}) r on true
      where ${reach.where} and ${where}
    ), here as (
      select p.*, count(*) over ()::int as total from people p
      where ${only?.where ?? 'true'}
      order by ${orders[sort]} limit ${most} offset ?
    )
    select h.*, a.invite_after, a.known_elsewhere, a.name, a.email, a.username, a.kind, a.role, a.language, a.activated_at, a.blocked_at,
      l.created_at as invited_at, l.expires_at, l.dead_at, o.name as organisation, r.started_at, ${pendingSelect(context.services)} as pending
    from (select *, row_number() over (order by ${orders[sort]}) as place from here) h
      join account a on a.tenant_id = h.tenant_id and a.id = h.id
      left join organisation o on o.tenant_id = a.tenant_id and o.id = a.organisation_id
      left join lateral (${invitation('true')}) l on true
      left join lateral (${openRun('true')}) r on true
    order by h.place`
  return { sql, params: [context.at, ...reach.params, ...params, ...(only?.params ?? []), offset] }
}

/** Any text as what it says itself: % and _ are letters here. */
const like = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** A filter as a condition; only names of ours come into the statement. */
function filtered(context: Context, show: Filter): Condition {
  if (show === 'stuck') return stuck(context)
  if (show === 'mail') return { where: mailFails, params: [] }
  return { where: 'true', params: [], ...(show !== 'all' && { only: { where: 'p.state = ?', params: [show] } }) }
}

/** The people this person may see: whom the filter lets through, by name or e-mail address where something is looked for. */
export async function listPeople(
  context: Context,
  { search, page, show = 'all', sort = 'attention' }: { search: string; page: number; show?: Filter; sort?: Sort },
): Promise<PeoplePage> {
  const looked = search
    ? {
        where: `(lower(a.name) like ? or a.email_lookup like ? or a.username like ?)`,
        params: [like(search), like(search), like(search)],
      }
    : { where: 'true', params: [] }
  const { where, params: more, only } = filtered(context, show)
  const both = { where: `${looked.where} and ${where}`, params: [...looked.params, ...more], ...(only && { only }) }
  const { sql, params } = selectPeople(context, both, { offset: (page - 1) * perPage, sort })
  const rows = await context.query<PersonRow>(sql, params)
  const total = rows[0]?.total ?? 0
  return { people: rows.map((row) => shown(context, row)), total, page, more: page * perPage < total }
}

/** How long somebody may take over activating before they count as stuck. */
const patience = 'P1D'

/**
 * Who does not get in and will not without help: an address that does not work, an invitation that did not arrive, a link
 * that expired or died of wrong answers, an activation begun and left. Of the others only a look at an
 * index is spent; what is the matter with oneself is one's own to do.
 */
function stuck(context: Context): Condition {
  return {
    where:
      'a.blocked_at is null and (a.activated_at is null or a.mail_failed_at is not null) and a.id is distinct from ?',
    params: [context.person?.id ?? null],
    only: {
      where: `(p.mail_fails_since is not null or p.state in ('refused', 'expired') or (p.state in ('invited', 'opened') and p.mail_failed_at is not null)
        or (p.state = 'opened' and p.begun_at <= ?))`,
      params: [context.ago(patience)],
    },
  }
}

/** Rows of those who are stuck, so many of them, in the order of the list and each with the `total`: a piece of a statement. */
export const stuckPeople = (context: Context, most: number): { sql: string; params: unknown[] } =>
  selectPeople(context, stuck(context), { most })

/** How many of the people this person may see get no mail. */
export async function countMailFails(context: Context): Promise<number> {
  const { where, params } = visibleText(context, invitePeople, 'a')
  return (
    (
      await context.one<{ n: number }>(
        `select count(*)::int as n from account a where ${where} and ${mailFails}`,
        params,
      )
    )?.n ?? 0
  )
}

/** One of the people this person may see. @throws Refusal 404, also for who exists and is out of reach */
export async function personShown(context: Context, id: string): Promise<PersonShown> {
  const { sql, params } = selectPeople(context, { where: 'a.id = ?', params: [id] })
  const row = await context.one<PersonRow>(sql, params)
  if (!row) throw notFound()
  return shown(context, row)
}
