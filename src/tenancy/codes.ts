import { randomInt } from 'node:crypto'
import type { Purpose } from './one-time.ts'
import type { Visit } from './visit.ts'
import { killOneTime } from './links.ts'

/** What a code is for, whose it is, and to which number or address it goes. */
export interface CodeFor { purpose: Purpose; accountId: string; target: string }
/** Made, or how many seconds until one may be made again. */
export type IssuedCode = { code: string; expiresAt: Date } | { wait: number }
/** `older`: right, but a newer one was sent. `expired` also where the tries are used up or nothing was sent. */
export type CodeVerdict = 'right' | 'wrong' | 'older' | 'expired' | 'used-up'

/** No number or address gets more than this from all firms together: a stranger's phone is not a bell. */
const everywhere = { most: 20, within: Temporal.Duration.from('P1D') }

const mac = (visit: Visit, accountId: string, purpose: Purpose, code: string) => visit.tenant.vault.mac(`code|${purpose}|${accountId}`, code)

/**
 * How long until another code may go to this target, in seconds; 0 is now. Read from the codes that were made; one that
 * was used does not count: whoever typed it has the phone or mailbox in hand.
 */
export async function waitForCode(visit: Visit, { accountId, purpose, target }: CodeFor): Promise<number> {
  const { resendAfter, perHour, perDay } = visit.policy.codes
  const looked = visit.tenant.vault.mac('code target', target)
  const made = await visit.query<{ created_at: string }>(
    'select created_at from one_time where (target = ? or account_id = ?) and purpose = ? and used_at is null and created_at > ? order by created_at desc limit 10', [looked, accountId, purpose, visit.ago('P1D')])
  const until = (index: number, after: string): number => {
    const row = made[index]
    const wait = Temporal.Duration.from(after).total({ unit: 'milliseconds', relativeTo: '2026-01-01T00:00Z[UTC]' })
    return row ? new Date(row.created_at).getTime() + wait - visit.at.getTime() : 0
  }
  return Math.max(0, Math.ceil(Math.max(until(0, resendAfter), until(perHour - 1, 'PT1H'), until(perDay - 1, 'P1D')) / 1000))
}

/**
 * Makes a code of six digits; the newest is the only one that works. Call inside a transaction, with the message it goes in.
 * Kept as HMAC, bound to purpose and account; the number or address is part of what is remembered.
 */
export async function issueCode(visit: Visit, wanted: CodeFor): Promise<IssuedCode> {
  const { accountId, purpose, target } = wanted
  await visit.query('select from account where id = ? for update', [accountId])
  const wait = await waitForCode(visit, wanted)
  if (wait > 0) return { wait }
  const abroad = await visit.house.limits.countAttempt(visit.house.blind('code target', target), everywhere, visit.now)
  if (abroad !== null) return { wait: abroad }
  await killOneTime(visit, accountId, purpose)
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const expiresAt = visit.from(visit.policy.codes.lifetime)
  await visit.query('insert into one_time (tenant_id, id, purpose, account_id, target, digest, created_at, expires_at, tries_allowed) values (?, gen_random_uuid(), ?, ?, ?, ?, ?, ?, ?)',
    [visit.tenant.id, purpose, accountId, visit.tenant.vault.mac('code target', target), mac(visit, accountId, purpose, code), visit.at, expiresAt, visit.policy.codes.tries])
  return { code, expiresAt }
}

/** Tries a code: counted first, compared then, and used up when right, in the caller's transaction. */
export async function tryCode(visit: Visit, { accountId, purpose, target }: Omit<CodeFor, 'target'> & { target?: string }, code: string): Promise<CodeVerdict> {
  const digest = mac(visit, accountId, purpose, code)
  const tried = await visit.one<{ id: string; digest: string; target: string; tries: number; tries_allowed: number }>(
    `update one_time set tries = tries + 1 where account_id = ? and purpose = ? and used_at is null and dead_at is null and expires_at > ? and tries < tries_allowed
     returning id, digest, target, tries, tries_allowed`, [accountId, purpose, visit.at])
  if (!tried) return 'expired'
  if (tried.digest === digest && (!target || tried.target === visit.tenant.vault.mac('code target', target))) {
    await visit.query('update one_time set used_at = ? where id = ?', [visit.at, tried.id])
    if (target) await visit.house.limits.forget(visit.house.blind('code target', target))
    return 'right'
  }
  const older = await visit.one('select id from one_time where account_id = ? and purpose = ? and digest = ? and dead_at is not null and created_at > ?', [accountId, purpose, digest, visit.ago('PT1H')])
  if (older) return 'older'
  return tried.tries >= tried.tries_allowed ? 'used-up' : 'wrong'
}
