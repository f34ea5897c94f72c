import { sendNotice } from '../notices/index.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Account } from '../accounts/index.ts'
import { record } from '../audit/index.ts'
import { removeFactors, factorActions, factorNotices } from '../factors/index.ts'
import type { FlowState } from './state.ts'
import { dropMarks, reopenProgress } from './store.ts'

/**
 * Takes every factor of somebody away, in the caller's transaction, and opens their activation again: at the next sign-in
 * the firm asks a second step anew, or lets it be put off where that is allowed. No activation: signing in begins one.
 */
export async function loseFactors(
  context: Context,
  account: Account,
  state: Pick<FlowState, 'progress' | 'steps' | 'kinds'> | null,
): Promise<void> {
  await removeFactors(context, account.id)
  if (state) {
    const about = state.steps.filter((step) => state.kinds.of(step).about === 'secondFactor')
    await dropMarks(
      context,
      state.progress.id,
      about.map(({ id }) => id),
    )
    await reopenProgress(context, state.progress.id)
  }
  await record(context, factorActions.switchedOff, { subject: account.id, actor: context.person?.id ?? account.id })
  await sendNotice(context, account, factorNotices.off)
}
