import type { Visit } from '../../../tenancy/visit.ts'
import { readCode } from '../code-input.ts'
import { wrong, type Factor, type FactorVerdict, type Owner } from '../factor.ts'
import { checkAuthenticatorCode, type AuthenticatorVerdict } from './code.ts'

/** The words for a code that is no good. `sure`: the person may be told that the phone's clock is off. */
function words(verdict: Exclude<AuthenticatorVerdict, { ok: true }>, sure: boolean): FactorVerdict {
  if (verdict.reason !== 'skew') return wrong(`factors.authenticator.${verdict.reason}`)
  if (!sure) return wrong('factors.authenticator.wrong')
  return wrong('factors.authenticator.skew', { minutes: Math.max(1, Math.abs(verdict.minutesOff)), direction: verdict.stepsOff > 0 ? 'ahead' : 'behind' })
}

/**
 * Two near misses in a row that are off by the same are a clock, not a guess; one alone could tell an attacker
 * which code comes next. The first is remembered on the session; where there is none nothing is told.
 */
async function isClock(visit: Visit, stepsOff: number): Promise<boolean> {
  if (!visit.session) return false
  const row = await visit.one<{ near_miss: number | null }>('select near_miss from portal_session where id = ?', [visit.session.id])
  await visit.query('update portal_session set near_miss = ? where id = ?', [stepsOff, visit.session.id])
  return row?.near_miss != null && Math.abs(row.near_miss - stepsOff) <= 1
}

/** A code from an authenticator app (RFC 6238). */
export const authenticator: Factor = {
  enrolled: (facts) => facts.authenticator,
  sends: false,
  stepsUp: true,
  asks: 'figures',
  begin: async () => 0,
  sentTo: async () => null,
  async check(visit, owner, typed) {
    const read = readCode(typed)
    if (!read.ok) return wrong(read.key, read.params)
    const row = await visit.one<{ id: string; secret: string; last_step: number | null }>(
      'select id, secret, last_step from authenticator where account_id = ? and removed_at is null', [owner.id])
    if (!row) return wrong('factors.authenticator.wrong')
    const secret = visit.tenant.vault.open(visit.place('authenticator', 'secret', row.id), row.secret)
    const verdict = checkAuthenticatorCode(secret, read.code, { now: visit.now, lastStep: row.last_step })
    if (!verdict.ok) return words(verdict, verdict.reason === 'skew' && await isClock(visit, verdict.stepsOff))
    const used = await visit.one('update authenticator set last_step = ? where id = ? and (last_step is null or last_step < ?) returning id', [verdict.step, row.id, verdict.step])
    return used ? { ok: true } : wrong('factors.authenticator.replayed')
  },
}

/** Confirms a new app with its first code, and keeps it in the place of the one before. The person has the secret in hand, so a clock that is off may be told at once. */
export async function confirmAuthenticator(visit: Visit, owner: Owner, secret: string, typed: string): Promise<FactorVerdict> {
  const read = readCode(typed)
  if (!read.ok) return wrong(read.key, read.params)
  const verdict = checkAuthenticatorCode(secret, read.code, { now: visit.now, lastStep: null })
  if (!verdict.ok) return words(verdict, true)
  const id = crypto.randomUUID()
  await visit.query('update authenticator set removed_at = ? where account_id = ? and removed_at is null', [visit.at, owner.id])
  await visit.query('insert into authenticator (tenant_id, id, account_id, secret, last_step, confirmed_at) values (?, ?, ?, ?, ?, ?)',
    [visit.tenant.id, id, owner.id, visit.tenant.vault.seal(visit.place('authenticator', 'secret', id), secret), verdict.step, visit.at])
  return { ok: true }
}
