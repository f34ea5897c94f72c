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
import { endSessionsBut, killWaysIn } from '../../identity/sessions/index.ts'
import { sendActivated } from './activated.ts'
import { onboardingActions } from './audit-actions.ts'

/**
 * Everything that follows from a finished step, in the same transaction. The link is spent as soon as there is another
 * way in, the own or the mailed password: until then it is the only way back for who stops half-way.
 */
export async function conclude(state: FlowState, step: PlacedStep): Promise<Reached> {
  const { context, account, progress } = state
  const now = await refreshed(state)
  if (account.activatedAt && signsInBy(now).some((way) => !signsInBy(state).includes(way))) await onlyHere(now)
  const after = await proceed(now, refreshed)
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

/** What somebody signs in with, as far as a flow asks it. */
const signsInBy = ({ facts: { hasPassword, factors } }: FlowState): string[] => [
  ...(hasPassword ? ['password'] : []),
  ...factors.has,
]

/**
 * As after every change in how somebody signs in: whoever got in with less is out, and what was under way to get in by
 * it is dead. Of who is not active yet only at the end: until then what was mailed to them is their way in.
 */
async function onlyHere({ context, account }: FlowState): Promise<void> {
  await killWaysIn(context, account.id)
  await endSessionsBut(context, account.id)
}

/** The flow is at its end; that of an activation puts the account in use. Of many at the same moment one does it. */
export async function finish(state: FlowState): Promise<void> {
  const { context, account, progress } = state
  if (!(await finishProgress(context, progress.id))) return
  const activated = await activateAccount(context, account.id)
  await onlyHere(state)
  await record(context, onboardingActions.finished, {
    subject: account.id,
    actor: account.id,
    detail: { track: progress.flow },
  })
  if (activated) await sendActivated(state)
}
