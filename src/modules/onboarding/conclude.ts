import type { PlacedStep } from '../../tenancy/policy.ts'
import { activateAccount } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import {
  finishProgress,
  isEnd,
  proceed,
  putOff,
  refreshed,
  type FlowState,
  type Reached,
} from '../../identity/flow/index.ts'
import { spendActivation } from '../../identity/tokens/index.ts'
import { endSessionsBut } from '../../identity/sessions/index.ts'
import { sendActivated } from './activated.ts'
import { onboardingActions } from './audit-actions.ts'

/**
 * Everything that follows from a finished step, in the same transaction. The link is spent as soon as there is another
 * way in, the own or the mailed password: until then it is the only way back for who stops half-way.
 */
export async function conclude(state: FlowState, step: PlacedStep): Promise<Reached> {
  const { context, account, progress } = state
  const after = await proceed(await refreshed(state), refreshed)
  await spendActivation(context, account.id, after.state.facts.hasPassword)
  if (after.next && isEnd(after.state, after.next) && !putOff(after.state)) await finish(after.state)
  else if (!progress.finishedAt)
    await record(context, onboardingActions.step, {
      subject: account.id,
      actor: account.id,
      detail: { done: step.step, next: after.next?.id ?? '' },
    })
  return after
}

/** The flow is at its end; that of an activation puts the account in use. Of many at the same moment one does it. */
export async function finish(state: FlowState): Promise<void> {
  const { context, account, progress } = state
  if (!(await finishProgress(context, progress.id))) return
  const activated = await activateAccount(context, account.id)
  // Whoever got in with less than was just set up is out.
  await endSessionsBut(context, account.id)
  await record(context, onboardingActions.finished, {
    subject: account.id,
    actor: account.id,
    detail: { track: progress.flow },
  })
  if (activated) await sendActivated(state)
}
