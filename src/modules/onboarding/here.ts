import type { PlacedStep, WalkedTrack } from '../../tenancy/policy.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import { askedNow } from './asked.ts'
import { position, putOff, type Facts } from './position.ts'
import { nature } from './steps/registry.ts'
import type { Walk } from './step.ts'
import { openRun, walkOf } from './walk.ts'

/** Whether the run was finished before this session: then only what was lost since is asked. */
const finishedBefore = ({ run, facts }: Walk) => Boolean(run.finishedAt && facts.since && run.finishedAt < facts.since)

/** The step somebody is at. Null at the end of a track that was finished before. */
export const current = (walk: Walk): PlacedStep | null => position(walk.track, walk.facts, nature, finishedBefore(walk))

/** Whether somebody is in the middle of a walk: begun, not at its end, and not put off in this session. */
const underWay = (walk: Walk | null): walk is Walk =>
  walk !== null && !walk.run.finishedAt && !putOff(walk.track, walk.facts)

/**
 * Which walk belongs to this session: a strengthening begun from the home page; else the activation as long as something
 * is left of it; else what the firm asks since it became stricter.
 */
export async function walkHere(context: PersonContext, options?: { lock: boolean }): Promise<Walk | null> {
  const of = (track: WalkedTrack) => walkOf(context, context.person.id, track, options)
  const strengthen = context.session.level === 'signedIn' ? await of('strengthen') : null
  if (underWay(strengthen)) return strengthen
  const activation = await of('activation')
  const left = activation && current(activation)
  if (left && left.step !== 'done') return activation
  const stricter = await of('stricter')
  return underWay(stricter) ? stricter : activation
}

/**
 * Begins, or takes up again, the walk of what the firm asks by now and somebody lacks. In the caller's transaction.
 * @param later setting up the second step was just put off, so that is not asked at once again
 * @returns the first step of it; null when nothing is missing, or it was put off in this session
 */
export async function openStricter(
  context: Context,
  accountId: string,
  as?: Partial<Facts>,
  { later = false } = {},
): Promise<PlacedStep | null> {
  const missing = await askedNow(context, accountId, as?.via)
  const debts = missing?.debts.filter((debt) => !(later && debt === 'secondFactor')) ?? []
  if (!debts.length) return null
  const walk = await openRun(context, accountId, 'stricter', debts)
  const here = { ...walk, facts: { ...walk.facts, ...as } }
  return underWay(here) ? current(here) : null
}

/** What was put off is put off no more. */
export async function takeUp(context: Context, walk: Walk | null): Promise<void> {
  if (walk)
    await context.query(`delete from step_mark where run_id = ? and step = any (?) and outcome = 'skipped'`, [
      walk.run.id,
      `{${walk.track
        .filter((step) => step.step === 'intro' || step.step === 'stricter')
        .map((step) => step.id)
        .join(',')}}`,
    ])
}
