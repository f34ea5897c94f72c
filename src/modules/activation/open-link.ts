import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { findLink, type AliveLink, type LinkState } from '../../identity/tokens/index.ts'
import type { PlacedStep } from '../../tenancy/policy.ts'
import type { Context } from '../../tenancy/context.ts'
import { readEmail } from '../../identity/accounts/index.ts'
import {
  answeredBefore,
  answerStep,
  current,
  openRun,
  previewOf,
  stepOf,
  stepPage,
  type Form,
  type Walk,
} from '../onboarding/index.ts'
import { beginSession, endSession } from '../../identity/sessions/index.ts'
import { confirmView, goneView, otherPersonView } from './views.ts'

const addressOf = (token: string) => `/activation/${token}`
/** How long after a form the same form counts as sent twice. */
const doubleClick = 'PT2M'
/** Guesses at the mail address a link belongs to. */
const guesses = { most: 10, within: Temporal.Duration.from('P1D') }

/** The page for a link that opens nothing any more, and says why. Never who it was for. */
function gone({ state }: LinkState): Page {
  return page(goneView, { state }, state === 'unknown' ? 404 : 410)
}

/** Who comes in by the link has proven nothing yet: what the link itself must ask is asked again. */
function asStranger(walk: Walk): Walk {
  const asked = new Set(walk.track.filter((step) => step.step === 'birthDate').map((step) => step.id))
  const marks = Object.fromEntries(Object.entries(walk.facts.marks).filter(([id]) => !asked.has(id)))
  return { ...walk, facts: { ...walk.facts, marks, via: 'link', since: null } }
}

/** The page a living link opens on: the first form, or, where that asks nothing typed, the mail address. */
async function firstPage(walk: Walk, step: PlacedStep, token: string, form: Form = {}): Promise<Page> {
  if (stepOf(step.step).opens) return stepPage(walk, step, { action: addressOf(token), form })
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
  const walk = asStranger(await previewOf(context, found.link.accountId))
  const step = current(walk)
  // Who has a password comes in with it: a link is never a way round.
  if (!step || walk.account.blockedAt || walk.account.passwordHash)
    return gone({ state: 'used', accountId: walk.account.id })
  return firstPage(walk, step, token)
}

/** The form on the link: judged, and only when it is right a session begins. */
export async function answerLink(context: Context, token: string, form: Form): Promise<Answer> {
  return context.transaction(async (inner) => {
    const found = await findLink(inner, token, 'activation')
    if (found.state === 'unknown') return gone(found)
    const accountId = found.state === 'alive' ? found.link.accountId : found.accountId
    const account = await inner.one<{ closed: boolean }>(
      'select blocked_at is not null or activated_at is not null as closed from account where id = ? for update',
      [accountId],
    )
    if (!account?.closed && (await answeredBefore(inner, accountId, doubleClick))) return sameAgain(inner, accountId)
    // Looked up again under the lock: another window may have answered in the meantime.
    const still = await findLink(inner, token, 'activation')
    if (still.state !== 'alive' || account?.closed)
      return gone(still.state === 'alive' ? { state: 'used', accountId } : still)
    const walk = asStranger(await openRun(inner, accountId, 'activation'))
    const step = current(walk)
    if (!step || walk.account.passwordHash) return gone({ state: 'used', accountId })
    return stepOf(step.step).opens
      ? judge(inner, walk, step, form, token)
      : confirmMail(inner, walk, still.link, step, form, token)
  })
}

/**
 * The same form of the same page sent twice: where the first one led, also when its answer never reached the browser.
 * Of the sessions this makes one lives, the last.
 */
async function sameAgain(context: Context, accountId: string): Promise<Answer> {
  await context.query(
    `update portal_session set revoked_at = ? where account_id = ? and via = 'link' and revoked_at is null`,
    [context.at, accountId],
  )
  await beginSession(context, { accountId, level: 'onboarding', via: 'link' })
  return see('/onboarding')
}

async function judge(context: Context, walk: Walk, step: PlacedStep, form: Form, token: string): Promise<Answer> {
  const { answer, outcome } = await answerStep(walk, step, form, addressOf(token))
  if (outcome === 'done' || outcome === 'stay')
    await beginSession(context, { accountId: walk.account.id, level: 'onboarding', via: 'link' })
  return answer
}

async function confirmMail(
  context: Context,
  walk: Walk,
  link: AliveLink,
  step: PlacedStep,
  form: Form,
  token: string,
): Promise<Answer> {
  const read = readEmail(String(form.email ?? ''))
  const shown = await firstPage(walk, step, token, form)
  if (!read.ok) return again(shown, { email: { key: read.key } })
  const wait = await context.services.limits.countAttempt(
    context.services.keyedDigest('link mail', link.id),
    guesses,
    context.now,
  )
  if (wait !== null || read.lookup !== walk.account.emailLookup)
    return again(shown, { email: { key: 'activation.confirm.wrong' } })
  await beginSession(context, { accountId: walk.account.id, level: 'onboarding', via: 'link' })
  return see('/onboarding')
}

/** "Go on as the other": who was signed in here is signed out first. */
export async function switchPerson(context: Context): Promise<void> {
  await endSession(context)
  context.renewSession()
}
