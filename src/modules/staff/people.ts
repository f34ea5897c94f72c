import { notFound } from '../../platform/http/errors.ts'
import type { Context } from '../../tenancy/context.ts'
import { invitePeople, mailFails } from '../../identity/accounts/index.ts'
import { visibleText } from '../../identity/permissions/index.ts'
import { pendingSelect } from '../../identity/flow/index.ts'
import { shown, states, type PersonRow, type PersonShown, type State } from './person.ts'

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

/** A piece of a statement, with the values of its placeholders. */
interface Piece {
  sql: string
  params: unknown[]
}

/** Which part of the list, in which order. */
interface Placed {
  offset?: number
  most?: number
  sort?: Sort
}

/**
 * Where an account `a` can stand, each as conditions that exclude one another and that an index serves; `?` is the
 * moment. Where an invitation stands the database keeps on the account (see the migration `people`).
 */
const unfinished = 'a.activated_at is null and a.blocked_at is null'
const places: Record<State, string[]> = {
  refused: [`${unfinished} and a.invitation = 'refused'`],
  expired: ['sent', 'begun'].map((each) => `${unfinished} and a.invitation = '${each}' and a.invitation_ends_at <= ?`),
  opened: [
    `${unfinished} and a.invitation = 'opened'`,
    `${unfinished} and a.invitation = 'begun' and a.invitation_ends_at > ?`,
  ],
  invited: [`${unfinished} and a.invitation = 'sent' and a.invitation_ends_at > ?`],
  new: [`${unfinished} and a.invitation = 'none'`],
  blocked: ['a.blocked_at is not null and a.activated_at is not null'],
  withdrawn: ['a.blocked_at is not null and a.activated_at is null'],
  active: ['a.blocked_at is null and a.activated_at is not null'],
}

const state = `case ${states.map((each) => `when ${places[each].map((one) => `(${one})`).join(' or ')} then '${each}'`).join(' ')} end`
const rank = states.map((each, at) => `when '${each}' then ${at}`).join(' ')
const moments = (sql: string, { at }: Context): Date[] => Array.from(sql.matchAll(/\?/g), () => at)

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

/** Mail that did not arrive, for whatever reason: there is little of it, and an index of it alone. */
const failed = `kind = 'mail' and failed_at is not null`
const failures = `select account_id, max(created_at) as made_at, max(failed_at) as at from outbox_message where ${failed} group by account_id`

/**
 * What is known of `account a`, its failures `f`, invitation `l` and activation `r`. A mail that failed counts as long as
 * the person has not signed in since and no later invitation went out.
 */
const facts = `case when ${mailFails} then a.mail_failed_at end as mail_fails_since,
  case when f.made_at >= greatest(case when a.activated_at is null then l.created_at end, a.last_sign_in_at, a.activated_at, a.created_at)
    then f.at end as mail_failed_at, ${state} as state`

/** What filter and order need to know of each account of a condition. Only of whom it matters more is looked up. */
function weighed(context: Context, { where, params, only }: Condition): Piece {
  const reach = visibleText(context, invitePeople, 'a')
  const matters = (more: string) => `a.activated_at is null and (${more}a.invitation in ('opened', 'begun'))`
  return {
    sql: `(select * from (
      select a.tenant_id, a.id, lower(a.name) as sorted, a.last_sign_in_at, coalesce(r.started_at, l.created_at) as begun_at, ${facts}
      from account a
        left join (${failures}) f on f.account_id = a.id
        left join lateral (${invitation(matters('f.account_id is not null or '))}) l on true
        left join lateral (${openRun(matters(''))}) r on true
      where ${reach.where} and ${where}) p where ${only?.where ?? 'true'})`,
    params: [...moments(state, context), ...reach.params, ...params, ...(only?.params ?? [])],
  }
}

/** Those on the page, of people each of whom is weighed: where few fit the condition. */
function ofFew(
  context: Context,
  condition: Condition,
  { offset = 0, most = perPage, sort = 'attention' }: Placed,
): Piece {
  const { sql, params } = weighed(context, condition)
  return {
    sql: `select p.*, count(*) over ()::int as total from ${sql} p order by ${orders[sort]} limit ${most} offset ?`,
    params: [...params, offset],
  }
}

const inTrouble = {
  // Not `or`: that would look at everybody.
  where: `a.id in (select a.id from account a where ${mailFails} union select account_id from outbox_message where ${failed})`,
  params: [],
  only: { where: '(p.mail_fails_since is not null or p.mail_failed_at is not null)', params: [] },
}

/**
 * Those on the page, of everybody in these states, however many: who gets no mail first, then state after state. Of each
 * state an index gives the first by name, no more of them than the page can show.
 */
function inOrder(context: Context, wanted: readonly State[], offset: number): Piece {
  const reach = visibleText(context, invitePeople, 'a')
  const trouble = weighed(context, inTrouble)
  // In powers of two, so that not every page is a text of its own to plan.
  const depth = 2 ** Math.ceil(Math.log2(offset + perPage))
  const conditions = wanted.flatMap((each) => places[each].map((where) => ({ state: each, where })))
  const groups = conditions.map(
    (
      each,
    ) => `(select a.tenant_id, a.id, lower(a.name), a.last_sign_in_at, null, null, null, '${each.state}' from account a
      where ${reach.where} and ${each.where} and not exists (select from trouble t where t.id = a.id)
      order by lower(a.name), a.id limit ${depth})`,
  )
  const everybody = wanted.length === states.length
  const all = everybody ? 'true' : conditions.map(({ where }) => `(${where})`).join(' or ')
  const shown = wanted.map((each) => `'${each}'`).join(', ')
  return {
    sql: `with trouble as materialized ${trouble.sql}
      select p.*, (select count(*)::int from account a where ${reach.where} and (${all})) as total
      from (select * from trouble where state in (${shown}) union all ${groups.join(' union all ')}) p
      order by ${orders.attention} limit ${perPage} offset ?`,
    params: [
      ...trouble.params,
      ...reach.params,
      ...moments(all, context),
      ...conditions.flatMap(({ where }) => [...reach.params, ...moments(where, context)]),
      offset,
    ],
  }
}

/** What staff see of those on a page. The facts that cost more are looked up for its rows only. */
const detailed = (context: Context, { sql, params }: Piece, sort: Sort = 'attention'): Piece => ({
  sql: `
    with here as (${sql})
    select h.total, a.id, a.invite_after, a.known_elsewhere, a.name, a.email, a.username, a.kind, a.role, a.language,
      a.activated_at, a.blocked_at, a.last_sign_in_at, ${facts}, l.created_at as invited_at, l.expires_at, l.dead_at,
      o.name as organisation, r.started_at, ${pendingSelect(context.services)} as pending
    from (select *, row_number() over (order by ${orders[sort]}) as place from here) h
      join account a on a.tenant_id = h.tenant_id and a.id = h.id
      left join organisation o on o.tenant_id = a.tenant_id and o.id = a.organisation_id
      left join (${failures}) f on f.account_id = a.id
      left join lateral (${invitation('true')}) l on true
      left join lateral (${openRun('true')}) r on true
    order by h.place`,
  params: [...params, ...moments(state, context)],
})

/** Everything about people that staff see, in one statement. */
const selectPeople = (context: Context, condition: Condition, placed: Placed = {}): Piece =>
  detailed(context, ofFew(context, condition, placed), placed.sort)

/** Any text as what it says itself: % and _ are letters here. */
const like = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** Found by itself, so that the narrow index can be read alone. */
const looked = (search: string): Condition =>
  search
    ? { where: 'a.id in (select s.id from account s where s.sought like ?)', params: [like(search)] }
    : { where: 'true', params: [] }

const both = (one: Condition, { where, params, only }: Condition): Condition => ({
  where: `${one.where} and ${where}`,
  params: [...one.params, ...params],
  ...(only && { only }),
})

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
  const offset = (page - 1) * perPage
  const everybody = !search && sort === 'attention' && show !== 'stuck' && show !== 'mail'
  const { sql, params } = everybody
    ? detailed(context, inOrder(context, show === 'all' ? states : [show], offset))
    : selectPeople(context, both(looked(search), filtered(context, show)), { offset, sort })
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
