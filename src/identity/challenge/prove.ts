import type { FieldError } from '../../platform/http/answer.ts'
import type { AuditAction } from '../../tenancy/audit-action.ts'
import type { Context } from '../../tenancy/context.ts'
import { record } from '../audit/index.ts'
import { factorOf, tellUsed, type FactorVerdict } from '../factors/index.ts'
import { countTry, type Turn } from '../sessions/index.ts'
import type { Challenge, Occasion } from './challenge.ts'

/**
 * What came of it. `pending`: the answer has still to come from elsewhere, which is no try. `wait`: too many wrong
 * ones, so this one was not judged; `instead`: not judged either, since something else is the case, as the caller found
 * out.
 */
export type Proof<T> =
  | { outcome: 'right' | 'instead'; result: T }
  | { outcome: 'wrong' | 'pending'; error: FieldError }
  | { outcome: 'wait'; seconds: number }

/** The same, for who acts upon it themselves. */
export type PlainProof = Exclude<Proof<never>, { result: never }> | { outcome: 'right' }

/** What belongs to it, in the same transaction. */
export interface Act<C extends Context, T> {
  /**
   * Looked at again before anything is judged, under a lock; something else than undefined is the result, and nothing
   * is judged.
   */
  first?(inner: C): Promise<T | undefined>
  /** What follows from being right. */
  right(inner: C): Promise<T>
}

/**
 * One count of wrong codes for each person, whatever the occasion and whichever factor they were for: who is slowed
 * down at one is slowed down at all. Nothing that is not typed is counted.
 */
const counted = (context: Context, { owner, way }: Challenge): Promise<Turn> | null =>
  factorOf(context, way).guessable === false ? null : countTry(context, 'second step', owner.id, owner.id)

/** The line an answer leaves. @param said.by the factor, or what else it was given with */
export const logProof = (
  context: Context,
  { action }: Pick<Occasion, 'action'>,
  subject: string,
  { by, right }: { by: string; right: boolean },
): Promise<void> =>
  record(context, action as AuditAction, {
    subject,
    outcome: right ? 'ok' : 'refused',
    detail: Object.fromEntries(action.always.map((fact) => [fact, by])),
  })

/** Judges, and logs what was judged. */
async function judge(context: Context, { occasion, owner, way }: Challenge, typed: string): Promise<FactorVerdict> {
  const verdict = await factorOf(context, way).check(context, owner, typed, occasion.purpose)
  if (verdict.ok || !verdict.pending) await logProof(context, occasion, owner.id, { by: way, right: verdict.ok })
  if (verdict.ok) await tellUsed(context, owner, way)
  return verdict
}

const notRight = ({ pending, error }: Exclude<FactorVerdict, { ok: true }>) => ({
  outcome: pending ? ('pending' as const) : ('wrong' as const),
  error,
})

/**
 * Judges what was given by the way in use: counted first, which stays whatever happens, then in one transaction judged,
 * logged and acted upon. Only a right one forgives the wrong ones before it, when all that follows from it is there.
 */
export async function prove<C extends Context, T>(
  context: C,
  challenge: Challenge,
  typed: string,
  { first, right }: Act<C, T>,
): Promise<Proof<T>> {
  const turn = await counted(context, challenge)
  if (turn?.wait) return { outcome: 'wait', seconds: turn.wait }
  const proof = await context.transaction(async (inner): Promise<Proof<T>> => {
    const instead = await first?.(inner)
    if (instead !== undefined) return { outcome: 'instead', result: instead }
    const verdict = await judge(inner, challenge, typed)
    if (!verdict.ok) return notRight(verdict)
    return { outcome: 'right', result: await right(inner) }
  })
  if (proof.outcome === 'right') await turn?.right()
  return proof
}

/**
 * The same in a transaction of the caller, under whose lock nothing else can be the case. The count has connections of
 * its own: it stays counted when the transaction is rolled back.
 */
export async function proveWithin(inner: Context, challenge: Challenge, typed: string): Promise<PlainProof> {
  const turn = await counted(inner, challenge)
  if (turn?.wait) return { outcome: 'wait', seconds: turn.wait }
  const verdict = await judge(inner, challenge, typed)
  if (!verdict.ok) return notRight(verdict)
  await turn?.right()
  return { outcome: 'right' }
}
