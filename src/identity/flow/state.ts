import { isOwnPeople } from '../../tenancy/person.ts'
import { choicesFor, flowsFor } from '../../tenancy/own-people.ts'
import type { FlowName, PlacedStep, Policy } from '../../tenancy/policy.ts'
import type { Context } from '../../tenancy/context.ts'
import { accountOf, findAccount, lockAccount, type Account } from '../accounts/index.ts'
import { factorOf, hasSecondStep } from '../factors/index.ts'
import { missingNow } from '../requirements/index.ts'
import { notBegun } from './begin.ts'
import type { FlowProgress } from './entities.ts'
import { kindsOf, type Kinds } from './kinds.ts'
import type { Facts } from './position.ts'
import { findProgress, putProgress, readFacts } from './store.ts'
import { stricterSteps } from './stricter.ts'

/** One person in one flow, with all that its steps need to know. */
export interface FlowState {
  context: Context
  account: Account
  progress: FlowProgress
  policy: Policy
  kinds: Kinds
  steps: PlacedStep[]
  facts: Facts
}

/** The firm's choices a flow goes by: the version it began on. */
export const choicesOf = ({ tenant }: Context, { policyVersion }: Pick<FlowProgress, 'policyVersion'>): Policy =>
  tenant.versions.get(policyVersion) ?? tenant.policy

/** Which requirements were missing when a flow began because the rules became stricter. */
export const askedIn = ({ asked }: Pick<FlowProgress, 'asked'>): string[] => asked?.split(' ') ?? []

/** The choices and the steps somebody goes by: those the flow began with, or, because of stricter rules, today's. */
function planOf(
  context: Context,
  progress: FlowProgress,
  flow: FlowName,
  own: boolean,
): Pick<FlowState, 'policy' | 'kinds' | 'steps'> {
  const { modules } = context.services
  const kinds = kindsOf(context.services)
  if (flow === 'stricter')
    return {
      kinds,
      policy: choicesFor(modules, context.policy, own),
      steps: stricterSteps(context.services, flowsFor(modules, context.policy, own), askedIn(progress)),
    }
  const began = choicesOf(context, progress)
  return { kinds, policy: choicesFor(modules, began, own), steps: flowsFor(modules, began, own)[flow] }
}

/** The facts of somebody, in whichever progress of theirs; null for an account nobody has. */
async function factsOf(context: Context, accountId: string): Promise<((progressId: string) => Facts) | null> {
  const factsIn = await readFacts(context, accountId, kindsOf(context.services).all)
  const session = context.person?.id === accountId ? context.session : null
  const here = { choices: context.policy, via: session?.via ?? null, since: session?.startedAt ?? null }
  return factsIn && ((progressId) => ({ ...factsIn(progressId), ...here }))
}

/** The facts as today's rules see them: a password that is not good enough is none, and a factor the firm offers no more is none. */
async function byTodaysRules(
  { context, account, progress, policy }: Omit<FlowState, 'facts'>,
  facts: Facts,
): Promise<Facts> {
  const missing = await missingNow(context, account.id)
  const { has } = facts.factors
  // What opens nothing alone is offered by nobody, and counts as it is.
  const counts = (name: string) => policy.secondFactor.of.includes(name) || factorOf(context, name).kind === 'backup'
  const factors = askedIn(progress).includes('secondFactor')
    ? { ...facts.factors, has: has.filter(counts) }
    : facts.factors
  return {
    ...facts,
    hasPassword: facts.hasPassword && !missing?.names.includes('password'),
    factors,
    secondStep: hasSecondStep(context, factors),
  }
}

/** Where somebody stands by these facts. */
async function standingAt<S extends Omit<FlowState, 'facts'>>(state: S, facts: Facts): Promise<S & { facts: Facts }> {
  return { ...state, facts: state.progress.flow === 'stricter' ? await byTodaysRules(state, facts) : facts }
}

/** Where somebody stands now, after something was done. */
export async function refreshed<S extends Omit<FlowState, 'facts'>>(state: S): Promise<S & { facts: Facts }> {
  const factsIn = await factsOf(state.context, state.account.id)
  if (!factsIn) throw new Error('progress in a flow without its account')
  return standingAt(state, factsIn(state.progress.id))
}

/**
 * Where somebody stands in a flow: in what is open, else the newest; null when they never began it. With `lock`, inside
 * a transaction, forms sent at the same moment wait for each other, and each sees what the one before did.
 */
export async function stateOf(
  context: Context,
  accountId: string,
  flow: FlowName,
  { lock = false } = {},
): Promise<FlowState | null> {
  const found = findProgress(context, accountId, flow, lock)
  // What is read under the lock is read behind it; else they go out together.
  if (lock) await found
  const [progress, account, factsIn] = await Promise.all([
    found,
    findAccount(context, accountId),
    factsOf(context, accountId),
  ])
  if (!progress) return null
  if (!account || !factsIn) throw new Error('progress in a flow without its account')
  const plan = planOf(context, progress, flow, isOwnPeople(account))
  return standingAt({ context, account, progress, ...plan }, factsIn(progress.id))
}

/**
 * Begins a flow on today's choices where none is open; of two at the same moment one begins it. In the caller's transaction.
 * @param asked the requirements that are missing, for a flow because the rules became stricter; one that is open goes on with what is missing now
 */
export async function beginFlow(
  context: Context,
  accountId: string,
  flow: FlowName,
  asked?: string[],
): Promise<FlowState> {
  await lockAccount(context, accountId)
  await putProgress(context, accountId, flow, asked?.join(' ') ?? null)
  const state = await stateOf(context, accountId, flow, { lock: true })
  if (!state) throw new Error('a flow that was just begun is not there')
  return state
}

/**
 * Where somebody would stand with a link they have not answered yet: looked at, nothing written. What ended begins
 * anew.
 */
export async function previewOf(context: Context, accountId: string): Promise<FlowState> {
  const begun = await stateOf(context, accountId, 'activation')
  if (begun && !begun.progress.endedAt) return begun
  const account = await accountOf(context, accountId)
  const progress = notBegun(context, { accountId, flow: 'activation' })
  return refreshed({ context, account, progress, ...planOf(context, progress, 'activation', isOwnPeople(account)) })
}
