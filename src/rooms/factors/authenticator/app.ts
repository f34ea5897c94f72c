import type { Visit } from '../../../tenancy/visit.ts'
import { readCode } from '../code-input.ts'
import { thereBy, wrong, type Factor, type FactorVerdict, type Owner } from '../factor.ts'
import { removeApp } from './apps.ts'
import { checkAuthenticatorCode, type AuthenticatorVerdict } from './code.ts'

type NotRight = Exclude<AuthenticatorVerdict, { ok: true }>

/** The words for a code that is no good. `sure`: the person may be told that the phone's clock is off. */
function words(verdict: NotRight, sure: boolean): FactorVerdict {
  if (verdict.reason !== 'skew') return wrong(`factors.authenticator.${verdict.reason}`)
  if (!sure) return wrong('factors.authenticator.wrong')
  return wrong('factors.authenticator.skew', {
    minutes: Math.max(1, Math.abs(verdict.minutesOff)),
    direction: verdict.stepsOff > 0 ? 'ahead' : 'behind',
  })
}

/**
 * Two near misses in a row that are off by the same are a clock, not a guess; one alone could tell an attacker
 * which code comes next. The first is remembered on the session; where there is none nothing is told.
 */
async function isClock(visit: Visit, stepsOff: number): Promise<boolean> {
  if (!visit.session) return false
  const row = await visit.one<{ near_miss: number | null }>('select near_miss from portal_session where id = ?', [
    visit.session.id,
  ])
  await visit.query('update portal_session set near_miss = ? where id = ?', [stepsOff, visit.session.id])
  return row?.near_miss != null && Math.abs(row.near_miss - stepsOff) <= 1
}

/** A code from an authenticator app (RFC 6238). */
export const authenticator: Factor = {
  enrolled: (facts) => facts.authenticator,
  sends: false,
  stepsUp: true,
  asks: 'figures',
  begin: async () => null,
  sentTo: async () => null,
  async check(visit, owner, typed) {
    const read = readCode(typed)
    if (!read.ok) return wrong(read.key, read.params)
    const apps = await visit.query<{ id: string; secret: string; last_step: number | null }>(
      `select id, secret, last_step from authenticator where account_id = ? and removed_at is null and ${thereBy('confirmed_at')} order by confirmed_at, id`,
      [owner.id, owner.hadAt ?? null],
    )
    // Every app is judged, also after one that fits: how long it takes does not tell which.
    const judged = apps.flatMap(({ id, secret: sealed, last_step }) => {
      const secret = visit.unseal('authenticator', 'secret', id, sealed)
      return secret === null
        ? []
        : [{ id, verdict: checkAuthenticatorCode(secret, read.code, { now: visit.now, lastStep: last_step }) }]
    })
    for (const { id, verdict } of judged)
      if (verdict.ok && (await useStep(visit, id, verdict.step))) return { ok: true }
    const best = nearest(judged.map(({ verdict }) => verdict))
    return words(best, best.reason === 'skew' && (await isClock(visit, best.stepsOff)))
  },
}

/** Of two requests with the same code at the same moment one uses it up. */
const useStep = async (visit: Visit, id: string, step: number): Promise<boolean> =>
  null !==
  (await visit.one(
    'update authenticator set last_step = ? where id = ? and (last_step is null or last_step < ?) returning id',
    [step, id, step],
  ))

/** Of all apps the verdict that says most: a right code that was used, then a clock that is off, else just wrong. */
function nearest(verdicts: AuthenticatorVerdict[]): NotRight {
  const refused = verdicts.map((each): NotRight => (each.ok ? { ok: false, reason: 'replayed' } : each))
  return (
    refused.find(({ reason }) => reason === 'replayed') ??
    refused.find(({ reason }) => reason === 'skew') ?? { ok: false, reason: 'wrong' }
  )
}

/** Which app a new one takes the place of (its id, or 'all'), and what its owner calls it; without a name it is just "the app". */
export interface AppPlace {
  replaces: string | null
  name?: string | null
}

/** Confirms a new app with its first code, and puts away the one it takes the place of. The person has the secret in hand, so a clock that is off may be told at once. */
export async function confirmAuthenticator(
  visit: Visit,
  owner: Owner,
  secret: string,
  typed: string,
  { replaces, name = null }: AppPlace,
): Promise<FactorVerdict> {
  const read = readCode(typed)
  if (!read.ok) return wrong(read.key, read.params)
  const verdict = checkAuthenticatorCode(secret, read.code, { now: visit.now, lastStep: null })
  if (!verdict.ok) return words(verdict, true)
  if (replaces === 'all')
    await visit.query('update authenticator set removed_at = ? where account_id = ? and removed_at is null', [
      visit.at,
      owner.id,
    ])
  else if (replaces) await removeApp(visit, owner.id, replaces)
  await keepAuthenticator(visit, owner.id, { secret, name, lastStep: verdict.step })
  return { ok: true }
}

/** Keeps an app that is confirmed, its secret sealed. @param app.lastStep the newest 30-second step that was used */
export async function keepAuthenticator(
  visit: Visit,
  accountId: string,
  { secret, name, lastStep }: { secret: string; name: string | null; lastStep: number | null },
): Promise<void> {
  const id = crypto.randomUUID()
  await visit.query(
    'insert into authenticator (tenant_id, id, account_id, name, secret, last_step, confirmed_at) values (?, ?, ?, ?, ?, ?, ?)',
    [
      visit.tenant.id,
      id,
      accountId,
      name,
      visit.tenant.vault.seal(visit.place('authenticator', 'secret', id), secret),
      lastStep,
      visit.at,
    ],
  )
}
