import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { findLink, type AliveLink, type LinkState } from '../../identity/tokens/index.ts'
import type { PlacedStep } from '../../tenancy/policy.ts'
import type { Context } from '../../tenancy/context.ts'
import { lockedAccount, readEmail } from '../../identity/accounts/index.ts'
import {
  answeredBefore,
  beginFlow,
  current,
  previewOf,
  type FlowState,
  type Form,
  type Ready,
} from '../../identity/flow/index.ts'
import { proveAddress } from '../../identity/challenge/index.ts'
import { onboardingWizard } from '../onboarding/index.ts'
import { answerStep, prepareStep, stepPage, type At } from '../wizard/index.ts'
import { beginSession, endSession, endSessions } from '../../identity/sessions/index.ts'
import { confirmView, goneView, otherPersonView } from './views.ts'

const addressOf = (token: string) => `/activation/${token}`
/** How long after a form the same form counts as sent twice. */
const doubleClick = 'PT2M'

/** The page for a link that opens nothing any more, and says why. Never who it was for. */
function gone({ state }: LinkState): Page {
  return page(goneView, { state }, state === 'unknown' ? 404 : 410)
}

/** Who comes in by the link has proven nothing yet: what the link itself must ask is asked again. */
function asStranger(state: FlowState): FlowState {
  const asked = new Set(state.steps.filter((step) => state.kinds.of(step).asksStrangers).map(({ id }) => id))
  const marks = Object.fromEntries(Object.entries(state.facts.marks).filter(([id]) => !asked.has(id)))
  return { ...state, facts: { ...state.facts, marks, via: 'link', since: null } }
}

/** The page a living link opens on: the first form, or, where that asks nothing typed, the mail address. */
async function firstPage(state: FlowState, step: PlacedStep, token: string, form: Form = {}): Promise<Page> {
  if (state.kinds.of(step).opens) return stepPage(onboardingWizard, state, step, { action: addressOf(token), form })
  return page(confirmView, {
    action: addressOf(token),
    values: { email: typeof form.email === 'string' ? form.email : '' },
  })
}

/** Opening the link: shows, and changes nothing, however often and by whatever program it is opened. */
export async function showLink(context: Context, token: string): Promise<Answer> {
  const found = await findLink(context, token, 'activation')
  const accountId = found.state === 'alive' ? found.link.accountId : 'accountId' in found ? found.accountId : null
  if (context.person && context.person.id === accountId)
    return see(context.session?.level === 'signedIn' ? '/home' : '/onboarding')
  if (found.state !== 'alive') return gone(found)
  if (context.person) return page(otherPersonView, { name: context.person.name, action: `${addressOf(token)}/switch` })
  const state = asStranger(await previewOf(context, found.link.accountId))
  const step = current(state)
  // Who has a password comes in with it: a link is never a way round.
  if (!step || state.account.blockedAt || state.account.passwordHash)
    return gone({ state: 'used', accountId: state.account.id })
  return firstPage(state, step, token)
}

/**
 * What takes its time for the form on the link, while nothing is locked.
 * @returns null where something else is the case, which is looked at under the lock
 */
async function prepareFirst(context: Context, token: string, form: Form): Promise<Ready | Answer | null> {
  const found = await findLink(context, token, 'activation')
  if (found.state !== 'alive') return null
  const state = asStranger(await previewOf(context, found.link.accountId))
  const step = current(state)
  const { id, blockedAt, activatedAt, passwordHash } = state.account
  if (!step || !state.kinds.of(step).opens || blockedAt || activatedAt || passwordHash) return null
  if (await answeredBefore(context, id, doubleClick)) return null
  return prepareStep(onboardingWizard, state, step, { form, action: addressOf(token) })
}

/** The form on the link: judged, and only when it is right a session begins. */
export async function answerLink(context: Context, token: string, form: Form): Promise<Answer> {
  const ready = await prepareFirst(context, token, form)
  if (ready && ready.kind !== 'ready') return ready
  return context.transaction(async (inner) => {
    const found = await findLink(inner, token, 'activation')
    if (found.state === 'unknown') return gone(found)
    const accountId = found.state === 'alive' ? found.link.accountId : found.accountId
    const account = await lockedAccount(inner, accountId)
    const closed = Boolean(account?.blockedAt ?? account?.activatedAt)
    if (!closed && (await answeredBefore(inner, accountId, doubleClick))) return sameAgain(inner, accountId)
    // Looked up again under the lock: another window may have answered in the meantime.
    const still = await findLink(inner, token, 'activation')
    if (still.state !== 'alive' || closed) return gone(still.state === 'alive' ? { state: 'used', accountId } : still)
    const state = asStranger(await beginFlow(inner, accountId, 'activation'))
    const step = current(state)
    if (!step || state.account.passwordHash) return gone({ state: 'used', accountId })
    return state.kinds.of(step).opens
      ? judge(inner, { state, step }, { form, token, ready })
      : confirmMail(inner, state, still.link, step, form, token)
  })
}

/**
 * The same form of the same page sent twice: where the first one led, also when its answer never reached the browser.
 * Of the sessions this makes one lives, the last.
 */
async function sameAgain(context: Context, accountId: string): Promise<Answer> {
  await endSessions(context, accountId, { via: 'link' })
  await beginSession(context, { accountId, level: 'onboarding', via: 'link' })
  return see('/onboarding')
}

async function judge(
  context: Context,
  { state, step }: At<FlowState>,
  { form, token, ready }: { form: Form; token: string; ready: Ready | null },
): Promise<Answer> {
  const sent = { form, action: addressOf(token) }
  const { answer, outcome } = await answerStep(onboardingWizard, state, step, sent, ready)
  if (outcome === 'done' || outcome === 'stay')
    await beginSession(context, { accountId: state.account.id, level: 'onboarding', via: 'link' })
  return answer
}

async function confirmMail(
  context: Context,
  state: FlowState,
  link: AliveLink,
  step: PlacedStep,
  form: Form,
  token: string,
): Promise<Answer> {
  const read = readEmail(String(form.email ?? ''))
  const shown = await firstPage(state, step, token, form)
  if (!read.ok) return again(shown, { email: { key: read.key } })
  if (!(await proveAddress(context, link.id, read.lookup, state.account.emailLookup)).right)
    return again(shown, { email: { key: 'activation.confirm.wrong' } })
  await beginSession(context, { accountId: state.account.id, level: 'onboarding', via: 'link' })
  return see('/onboarding')
}

/** "Go on as the other": who was signed in here is signed out first. */
export async function switchPerson(context: Context): Promise<void> {
  await endSession(context)
  context.renewSession()
}
