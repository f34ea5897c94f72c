import type { Context } from '../../tenancy/context.ts'
import { earliest, longAfter } from '../../tenancy/work-due.ts'
import { endOldProgress, firstWaiting, forgetAnswered, forgetOnLinks, wipeStaged } from './sweep-store.ts'

/** How long somebody may take over a flow on a mailed link. */
const onLink = 'P2D'

/**
 * Wipes secrets that waited too long, forms answered long ago, and flows nobody finished in time. Safe to repeat.
 * @returns when the first of what is left has waited long enough
 */
export async function sweepFlows(context: Context): Promise<Date | null> {
  const { staged, run } = context.policy.retention
  await wipeStaged(context, context.ago(staged))
  await forgetAnswered(context, context.ago(run))
  await forgetOnLinks(context, context.ago(onLink))
  await endOldProgress(context, context.ago(run))
  const first = await firstWaiting(context, context.ago(run))
  return earliest(
    longAfter(context, staged, first.staged),
    longAfter(context, run, first.answered),
    longAfter(context, run, first.begun),
    longAfter(context, onLink, first.onLink),
  )
}
