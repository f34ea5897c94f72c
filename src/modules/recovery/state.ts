import { isOwnPeople } from '../../tenancy/person.ts'
import { findLink, triesAt, type LinkState } from '../../identity/tokens/index.ts'
import { digest } from '../../platform/crypto/encryption.ts'
import { choicesFor } from '../../tenancy/own-people.ts'
import type { Context } from '../../tenancy/context.ts'
import { findAccount, lockAccount } from '../../identity/accounts/index.ts'
import { dropUnreadable } from '../../identity/factors/index.ts'
import { current, progressOnLink, type FlowState } from '../../identity/flow/index.ts'
import type { PlacedStep } from '../../tenancy/policy.ts'
import { factsOf, type RecoveryFacts } from './facts.ts'
import { mostAnswers } from './steps/question/step.ts'
import { kinds, recoverySteps } from './steps/index.ts'

/** Somebody on the way to a new password, in one browser. */
export interface Recovery extends FlowState {
  facts: RecoveryFacts
  token: string
  linkId: string
}

/** Why a link opens nothing; `closed`: of wrong answers. */
export interface Gone {
  gone: Exclude<LinkState['state'], 'alive'> | 'closed'
  accountId: string | null
}

type Found = LinkState & { released: boolean }

/** A link of either kind: the one that was asked for, or the one that two people released. */
async function linkOf(context: Context, token: string): Promise<Found> {
  const asked = await findLink(context, token, 'reset')
  if (asked.state !== 'unknown') return { ...asked, released: false }
  return { ...(await findLink(context, token, 'releasedReset')), released: true }
}

const ownerIn = (found: Found): string | null =>
  found.state === 'alive' ? found.link.accountId : found.state === 'unknown' ? null : found.accountId

async function whyGone(
  context: Context,
  token: string,
  { state }: { state: Exclude<LinkState['state'], 'alive'> },
): Promise<Gone['gone']> {
  const closed = state === 'replaced' && (await triesAt(context, { digest: digest(token) })) >= mostAnswers
  return closed ? 'closed' : state
}

/**
 * Where the link leads now. With `lock`, inside a transaction, forms sent at the same moment wait for each other, and
 * each sees what the one before did.
 */
export async function openRecovery(context: Context, token: string, { lock = false } = {}): Promise<Recovery | Gone> {
  const first = await linkOf(context, token)
  const accountId = ownerIn(first)
  if (lock && accountId) await lockAccount(context, accountId)
  const found = lock ? await linkOf(context, token) : first
  if (found.state !== 'alive') return { gone: await whyGone(context, token, found), accountId }
  const account = await findAccount(context, found.link.accountId)
  if (!account || account.blockedAt) return { gone: 'expired', accountId }
  const linkId = found.link.id
  const progress = await progressOnLink(context, { accountId: account.id, flow: 'recovery', linkId }, { begin: lock })
  await dropUnreadable(context, account)
  const policy = choicesFor(context.services.modules, context.policy, isOwnPeople(account))
  const here = { context, account, progress, policy, kinds, steps: recoverySteps(policy), token, linkId }
  return { ...here, facts: await factsOf(here, found.released) }
}

/** Where somebody stands now, after something was done. */
export const refreshed = async (state: Recovery): Promise<Recovery> => ({
  ...state,
  facts: await factsOf(state, state.facts.released),
})

/**
 * The step somebody is at. All there and yet not saved happens only when the firm's choices changed meanwhile: the form
 * again.
 */
export const stepHere = (state: Recovery): PlacedStep => {
  const step = current(state) ?? state.steps.find((each) => state.kinds.of(each).getsIn)
  if (!step) throw new Error('a way back without a new password')
  return step
}
