import type { PlacedStep, WrittenFlow } from '../../tenancy/policy.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import {
  beginFlow,
  isEnd,
  openStricter,
  position,
  proceed,
  refreshed,
  stateOf,
  takeUp,
} from '../../identity/flow/index.ts'
import { lockAccount } from '../../identity/accounts/index.ts'
import { finish } from './conclude.ts'

/**
 * Where somebody who gave password and second step goes: on with the onboarding, or in.
 * In the transaction of the sign-in; begins the onboarding of an account that never had one.
 */
export async function arrive(
  context: Context,
  accountId: string,
  as: { via: 'temporary' | 'own' | 'passkey'; since: Date },
): Promise<PlacedStep | null> {
  const before = await stateOf(context, accountId, 'activation', { lock: true })
  const state =
    before && (before.progress.finishedAt || !before.progress.endedAt)
      ? before
      : await beginFlow(context, accountId, 'activation')
  const here = { ...state, facts: { ...state.facts, ...as } }
  if (state.progress.finishedAt)
    return position(state.steps, here.facts, state.kinds, true) ?? openStricter(context, accountId, as)
  const after = await proceed(here, refreshed)
  if (!after.next || !isEnd(after.state, after.next)) return after.next
  await finish(after.state)
  return openStricter(context, accountId, as)
}

/** Begins making an account stronger from the home page, or takes up again what was put off. */
export async function start(context: PersonContext, flow: WrittenFlow): Promise<void> {
  await context.transaction(async (inner) => {
    await lockAccount(inner, inner.person.id)
    const open = await stateOf(inner, inner.person.id, 'activation', { lock: true })
    const waits = open?.steps.some((step) => open.kinds.of(step).putsOff)
    if (open && !open.progress.finishedAt && waits) await takeUp(inner, open)
    else if (await openStricter(inner, inner.person.id, { since: null }))
      await takeUp(inner, await stateOf(inner, inner.person.id, 'stricter'))
    else if (inner.policy.onboarding[flow].length) await beginFlow(inner, inner.person.id, flow)
  })
}
