import { notFound } from '../../platform/http/errors.ts'
import { sendMail } from '../../tenancy/outbox.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import type { Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { locked } from './ask.ts'
import { adminsDecide, counts, eyes } from './deciders.ts'
import type { RequestKind } from './request.ts'
import { cancel, fulfil, openOf } from './requests.ts'
import { allow } from '../../identity/permissions/index.ts'
import { decideOwnResets } from './permissions.ts'
import { resetAgreedMail } from './mails.ts'
import { recoveryActions } from './audit-actions.ts'

/** Where a request stands; `half`: one of the two said yes. */
export type RequestState = 'waiting' | 'asked' | 'half' | 'done' | 'cancelled' | 'ended'
/** A request as staff see it: never a number or a password. `mine`: this person said yes already; `adminOnly`: not theirs to decide. */
export interface RequestShown {
  id: string
  accountId: string
  name: string
  kind: RequestKind
  state: RequestState
  askedAt: Date
  dueAt: Date | null
  endedAt: Date | null
  releases: { name: string; at: Date }[]
  own: boolean
  mine: boolean
  adminOnly: boolean
}
/** What came of a press. */
export type Released = 'released' | 'half' | 'twice' | 'own' | 'over' | 'adminOnly'

interface Row {
  id: string
  account_id: string
  name: string
  kind: RequestKind
  asked_at: string
  due_at: string | null
  done_at: string | null
  cancelled_at: string | null
  ended_at: string | null
  admins_decide: boolean
  releases: { id: string; name: string; at: string }[] | null
}

function stateOf(row: Row): RequestState {
  if (row.done_at) return 'done'
  if (row.cancelled_at) return 'cancelled'
  if (row.ended_at) return 'ended'
  return row.releases?.length ? 'half' : row.due_at ? 'waiting' : 'asked'
}

/** Every request of the firm: the open ones first, the longest waiting on top. */
export async function listRequests(context: PersonContext): Promise<RequestShown[]> {
  const rows = await context.query<Row>(
    `select r.id, r.account_id, a.name, r.kind, r.asked_at, r.due_at, r.done_at, r.cancelled_at, r.ended_at, ${adminsDecide} as admins_decide,
       (select json_agg(json_build_object('id', s.id, 'name', s.name, 'at', l.at) order by l.at) from recovery_release l
          join account s on s.tenant_id = l.tenant_id and s.id = l.staff_id where l.tenant_id = r.tenant_id and l.request_id = r.id and ${counts}) as releases
     from recovery_request r join account a on a.tenant_id = r.tenant_id and a.id = r.account_id
     order by coalesce(r.done_at, r.cancelled_at, r.ended_at) desc nulls first, r.asked_at limit 200`,
  )
  return rows.map((row) => {
    const ended = row.done_at ?? row.cancelled_at ?? row.ended_at
    const releases = row.releases ?? []
    return {
      id: row.id,
      accountId: row.account_id,
      name: row.name,
      kind: row.kind,
      state: stateOf(row),
      askedAt: new Date(row.asked_at),
      dueAt: row.due_at ? new Date(row.due_at) : null,
      endedAt: ended ? new Date(ended) : null,
      releases: releases.map(({ name, at }) => ({ name, at: new Date(at) })),
      own: row.account_id === context.person.id,
      mine: releases.some(({ id }) => id === context.person.id),
      adminOnly: row.admins_decide && !allow(context, decideOwnResets),
    }
  })
}

/** How many requests wait for somebody. */
export async function openRequests(context: Context): Promise<number> {
  return (
    (
      await context.one<{ n: number }>(
        'select count(*)::int as n from recovery_request where done_at is null and cancelled_at is null and ended_at is null',
      )
    )?.n ?? 0
  )
}

/** The account of a request, held; and the request when it is still open. @throws Refusal 404 */
async function held(context: Context, id: string) {
  const row = await context.one<{ account_id: string }>('select account_id from recovery_request where id = ?', [id])
  if (!row) throw notFound()
  const account = await locked(context, row.account_id)
  const open = await openOf(context, account.id)
  return { account, open: open?.id === id ? open : null }
}

/**
 * One of the firm's people says yes; the second yes of somebody else does it at once. The person is told each time, and
 * each press is in the log, those that were refused too. @throws Refusal 404
 */
export async function release(context: PersonContext, id: string): Promise<Released> {
  return context.transaction(async (inner) => {
    const { account, open } = await held(inner, id)
    if (!open) return 'over'
    if (account.id === inner.person.id) return refused(inner, account.id, 'own')
    if (await adminOnly(inner, account)) return refused(inner, account.id, 'adminOnly')
    const pressed = await inner.one(
      'insert into recovery_release (tenant_id, request_id, staff_id, at) values (?, ?, ?, ?) on conflict do nothing returning staff_id',
      [inner.tenant.id, id, inner.person.id, inner.at],
    )
    if (!pressed) return refused(inner, account.id, 'twice')
    await record(inner, recoveryActions.released, { subject: account.id })
    const yes = await inner.one<{ n: number }>(
      `select count(*)::int as n from recovery_release l join account s on s.tenant_id = l.tenant_id and s.id = l.staff_id where l.request_id = ? and ${counts}`,
      [id],
    )
    if ((yes?.n ?? 0) >= eyes) return (await fulfil(inner, account, open)) ? 'released' : 'over'
    await sendMail(inner, account, { kind: resetAgreedMail, params: { name: account.name } })
    return 'half'
  })
}

async function refused(
  context: PersonContext,
  accountId: string,
  why: 'own' | 'twice' | 'adminOnly',
): Promise<Released> {
  await record(context, recoveryActions.released, { subject: accountId, outcome: 'refused', detail: { why } })
  return why
}

/** Somebody of the firm says no: one is enough. @throws Refusal 404 */
export async function refuse(context: PersonContext, id: string): Promise<'refused' | 'over' | 'adminOnly'> {
  return context.transaction(async (inner) => {
    const { account, open } = await held(inner, id)
    if (open && (await adminOnly(inner, account))) return 'adminOnly'
    return open !== null && (await cancel(inner, account, open.id, inner.person.id)) ? 'refused' : 'over'
  })
}

/** Whether this is for administrators to decide, and this person is none. */
async function adminOnly(context: PersonContext, { id }: Account): Promise<boolean> {
  if (allow(context, decideOwnResets)) return false
  return null !== (await context.one(`select a.id from account a where a.id = ? and ${adminsDecide}`, [id]))
}
