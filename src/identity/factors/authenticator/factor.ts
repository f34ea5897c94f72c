import { appRecords } from './records.ts'
import { authenticatorActions } from './audit-actions.ts'
import type { Context } from '../../../tenancy/context.ts'
import { readCode } from '../code-input.ts'
import { wrong, type Factor, type FactorVerdict } from '../factor.ts'
import { checkAuthenticatorCode, type AuthenticatorVerdict } from './code.ts'
import { Authenticator } from './entity.ts'
import { authenticatorNotices } from './notices.ts'
import { ownList } from './own-list.ts'
import { apps, saveAuthenticator, rememberNearMiss, sealedSecrets, secretsOf, useStep } from './store.ts'

type NotRight = Exclude<AuthenticatorVerdict, { ok: true }>

/** The words for a code that is no good. `sure`: the person may be told that the phone's clock is off. */
export function words(verdict: NotRight, sure: boolean): FactorVerdict {
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
async function isClock(context: Context, app: string, stepsOff: number): Promise<boolean> {
  if (!context.session) return false
  const before = await rememberNearMiss(context, app, { stepsOff, sessionId: context.session.id })
  return before !== null && Math.abs(before - stepsOff) <= 1
}

/** A code from an authenticator app (RFC 6238). */
export const authenticator: Factor = {
  name: 'authenticator',
  kind: 'own',
  entities: [Authenticator],
  auditActions: Object.values(authenticatorActions),
  notices: Object.values(authenticatorNotices),
  records: [appRecords],
  enrolments: apps,
  own: ownList,
  endsTrust: true,
  sends: false,
  stepsUp: true,
  strength: 40,
  ownPeople: 'always',
  byDefault: 1,
  sealed: { column: 'secret', notice: authenticatorNotices.removed, rows: sealedSecrets },
  asks: 'figures',
  invented: {
    for: 'ownPeople',
    give: (context, accountId, { secret }, since) =>
      saveAuthenticator(context, accountId, { secret, name: null, lastStep: null, since }),
  },
  sample: { sentTo: null, ask: {} },
  begin: async () => null,
  sentTo: async () => null,
  async check(context, owner, typed) {
    const read = readCode(typed)
    if (!read.ok) return wrong(read.key, read.params)
    const own = await secretsOf(context, owner.id, owner.hadAt)
    // Every app is judged, also after one that fits: how long it takes does not tell which.
    const judged = own.flatMap(({ id, secret: sealed, last_step }) => {
      const secret = context.unseal('authenticator', 'secret', id, sealed)
      return secret === null
        ? []
        : [{ id, verdict: checkAuthenticatorCode(secret, read.code, { now: context.now, lastStep: last_step }) }]
    })
    for (const { id, verdict } of judged)
      if (verdict.ok && (await useStep(context, id, verdict.step))) return { ok: true }
    const best = nearest(judged)
    return words(
      best.verdict,
      best.verdict.reason === 'skew' && (await isClock(context, best.id, best.verdict.stepsOff)),
    )
  },
}

/** Of all apps the verdict that says most: a right code that was used, then a clock that is off, else just wrong. */
function nearest(judged: { id: string; verdict: AuthenticatorVerdict }[]): { id: string; verdict: NotRight } {
  const refused = judged.map(({ id, verdict }) => ({
    id,
    verdict: verdict.ok ? ({ ok: false, reason: 'replayed' } as const) : verdict,
  }))
  return (
    refused.find(({ verdict }) => verdict.reason === 'replayed') ??
    refused.find(({ verdict }) => verdict.reason === 'skew') ?? { id: '', verdict: { ok: false, reason: 'wrong' } }
  )
}
