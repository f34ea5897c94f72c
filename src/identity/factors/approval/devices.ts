import { digest, randomToken } from '../../../platform/crypto/encryption.ts'
import type { PersonContext, Context } from '../../../tenancy/context.ts'
import { thereBy } from '../factor.ts'

/** A device that answered nothing for so long is an approving one no more. */
const unused = 'P180D'
/** As many accounts as one browser can approve for. */
const mostAccounts = 4

/** Removed is removed, and what was forgotten in a drawer answers nothing. */
const living = 'd.removed_at is null and coalesce(d.used_at, d.created_at) > ?'
const digests = (tokens: string[]) => `{${tokens.slice(0, mostAccounts).map(digest).join(',')}}`

/** An approving device as it finds itself: whose it is, and whether it can be woken. */
export interface DeviceHere {
  id: string
  accountId: string
  owner: string
  wakes: boolean
}

/** The approving devices that this browser is: one for each account it was added to. */
export async function devicesHere(context: Context): Promise<DeviceHere[]> {
  const { approvers } = context.browser
  if (!approvers.length) return []
  const rows = await context.query<{ id: string; account_id: string; owner: string; wakes: boolean }>(
    `select d.id, d.account_id, a.name as owner, d.push is not null as wakes from approver d join account a on a.tenant_id = d.tenant_id and a.id = d.account_id
     where d.digest = any (?) and a.blocked_at is null and ${living} order by d.created_at`,
    [digests(approvers), context.ago(unused)],
  )
  return rows.map(({ id, account_id, owner, wakes }) => ({ id, accountId: account_id, owner, wakes }))
}

/** The device that this browser is for an account; null when it is none. */
export const deviceHere = async (context: Context, accountId: string): Promise<DeviceHere | null> =>
  (await devicesHere(context)).find((device) => device.accountId === accountId) ?? null

/** The devices of an account that can answer a question asked in this browser: all but the one it is itself, and but those that came after `hadAt`. */
export async function devicesElsewhere(
  context: Context,
  accountId: string,
  hadAt?: Date,
): Promise<{ id: string; push: string | null }[]> {
  return context.query(
    `select d.id, d.push from approver d where d.account_id = ? and d.digest <> all (?) and ${living} and ${thereBy('d.created_at')}`,
    [accountId, digests(context.browser.approvers), context.ago(unused), hadAt ?? null],
  )
}

/** Keeps the tokens a little longer: it is use that keeps a device alive. */
export function renewHere(context: Context, tokens = context.browser.approvers): void {
  context.browser.setApprovers(tokens.slice(-mostAccounts), context.from(unused).getTime() - context.at.getTime())
}

/**
 * Makes this browser an approving device of an account, in the caller's transaction; one that is it already gets a new token.
 * @returns whether it is a new one
 */
export async function addDeviceHere(context: Context, accountId: string, name: string): Promise<boolean> {
  await context.query('select from account where id = ? for no key update', [accountId])
  const before = await deviceHere(context, accountId)
  const token = randomToken()
  const others = await context.query<{ digest: string }>(
    'select digest from approver where digest = any (?) and account_id <> ? and removed_at is null',
    [digests(context.browser.approvers), accountId],
  )
  if (before)
    await context.query('update approver set digest = ?, used_at = ? where id = ?', [
      digest(token),
      context.at,
      before.id,
    ])
  else {
    await context.query(
      'insert into approver (tenant_id, id, account_id, name, digest, created_at) values (?, gen_random_uuid(), ?, ?, ?, ?)',
      [context.tenant.id, accountId, name, digest(token), context.at],
    )
  }
  renewHere(context, [
    ...context.browser.approvers.filter((each) => others.some((other) => other.digest === digest(each))),
    token,
  ])
  return !before
}

/** An approving device of somebody. `asleep`: unused for too long, so that it has to be added again. */
export interface OwnDevice {
  id: string
  name: string
  since: Date
  usedAt: Date | null
  wakes: boolean
  here: boolean
  asleep: boolean
}

/** The approving devices of this person, the newest first. */
export async function ownDevices(context: PersonContext): Promise<OwnDevice[]> {
  const rows = await context.query<{
    id: string
    name: string
    created_at: string
    used_at: string | null
    wakes: boolean
    here: boolean
  }>(
    `select id, name, created_at, used_at, push is not null as wakes, digest = any (?) as here from approver where account_id = ? and removed_at is null order by created_at desc, id`,
    [digests(context.browser.approvers), context.person.id],
  )
  return rows.map(({ id, name, created_at, used_at, wakes, here }) => ({
    id,
    name,
    since: new Date(created_at),
    usedAt: used_at ? new Date(used_at) : null,
    wakes,
    here,
    asleep: new Date(used_at ?? created_at) <= context.ago(unused),
  }))
}

/** Calls a device of somebody something else. @returns whether it is one of theirs */
export async function renameDevice(context: Context, accountId: string, id: string, name: string): Promise<boolean> {
  return (
    null !==
    (await context.one(
      'update approver set name = ? where id = ? and account_id = ? and removed_at is null returning id',
      [name, id, accountId],
    ))
  )
}

/** Takes a device away: it answers nothing any more, and a yes it gave a moment ago is worth nothing. @returns whether it was one of theirs */
export async function removeDevice(context: Context, accountId: string, id: string): Promise<boolean> {
  return (
    null !==
    (await context.one(
      'update approver set removed_at = ?, push = null where id = ? and account_id = ? and removed_at is null returning id',
      [context.at, id, accountId],
    ))
  )
}
