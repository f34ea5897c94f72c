import type { Context } from '../../../tenancy/context.ts'
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
async function isClock(context: Context, stepsOff: number): Promise<boolean> {
  if (!context.session) return false
  const row = await context.one<{ near_miss: number | null }>('select near_miss from portal_session where id = ?', [
    context.session.id,
  ])
  await context.query('update portal_session set near_miss = ? where id = ?', [stepsOff, context.session.id])
  return row?.near_miss != null && Math.abs(row.near_miss - stepsOff) <= 1
}

/** A code from an authenticator app (RFC 6238). */
export const authenticator: Factor = {
  enrolled: (facts) => facts.authenticator,
  sends: false,
  stepsUp: true,
  asks: 'figures',
  sample: { sentTo: null, ask: {} },
  begin: async () => null,
  sentTo: async () => null,
  async check(context, owner, typed) {
    const read = readCode(typed)
    if (!read.ok) return wrong(read.key, read.params)
    const apps = await context.query<{ id: string; secret: string; last_step: number | null }>(
      `select id, secret, last_step from authenticator where account_id = ? and removed_at is null and ${thereBy('confirmed_at')} order by confirmed_at, id`,
      [owner.id, owner.hadAt ?? null],
    )
    // Every app is judged, also after one that fits: how long it takes does not tell which.
    const judged = apps.flatMap(({ id, secret: sealed, last_step }) => {
      const secret = context.unseal('authenticator', 'secret', id, sealed)
      return secret === null
        ? []
        : [{ id, verdict: checkAuthenticatorCode(secret, read.code, { now: context.now, lastStep: last_step }) }]
    })
    for (const { id, verdict } of judged)
      if (verdict.ok && (await useStep(context, id, verdict.step))) return { ok: true }
    const best = nearest(judged.map(({ verdict }) => verdict))
    return words(best, best.reason === 'skew' && (await isClock(context, best.stepsOff)))
  },
}

/** Of two requests with the same code at the same moment one uses it up. */
const useStep = async (context: Context, id: string, step: number): Promise<boolean> =>
  null !==
  (await context.one(
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
  context: Context,
  owner: Owner,
  secret: string,
  typed: string,
  { replaces, name = null }: AppPlace,
): Promise<FactorVerdict> {
  const read = readCode(typed)
  if (!read.ok) return wrong(read.key, read.params)
  const verdict = checkAuthenticatorCode(secret, read.code, { now: context.now, lastStep: null })
  if (!verdict.ok) return words(verdict, true)
  if (replaces === 'all')
    await context.query('update authenticator set removed_at = ? where account_id = ? and removed_at is null', [
      context.at,
      owner.id,
    ])
  else if (replaces) await removeApp(context, owner.id, replaces)
  await keepAuthenticator(context, owner.id, { secret, name, lastStep: verdict.step })
  return { ok: true }
}

/** Keeps an app that is confirmed, its secret sealed. @param app.lastStep the newest 30-second step that was used */
export async function keepAuthenticator(
  context: Context,
  accountId: string,
  { secret, name, lastStep }: { secret: string; name: string | null; lastStep: number | null },
): Promise<void> {
  const id = crypto.randomUUID()
  await context.query(
    'insert into authenticator (tenant_id, id, account_id, name, secret, last_step, confirmed_at) values (?, ?, ?, ?, ?, ?, ?)',
    [
      context.tenant.id,
      id,
      accountId,
      name,
      context.tenant.vault.seal(context.place('authenticator', 'secret', id), secret),
      lastStep,
      context.at,
    ],
  )
}
