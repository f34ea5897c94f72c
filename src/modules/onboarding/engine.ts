import type { AuditAction } from '../../tenancy/audit-action.ts'
import { again, page, see, type Answer, type FieldErrors, type Page } from '../../platform/http/answer.ts'
import type { FlowName, PlacedStep, WrittenFlow } from '../../tenancy/policy.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import { identifierOf } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import {
  answeredBefore,
  beginFlow,
  current,
  finishProgress,
  isEnd,
  isUndecided,
  kindsOf,
  openStricter,
  position,
  putOff,
  refreshed,
  rememberAnswered,
  stateHere,
  stateOf,
  stepsFor,
  takeUp,
  type FlowState,
  type Form,
  type Outcome,
  type Step,
} from '../../identity/flow/index.ts'
import { endSession, endSessionsBut, raiseSession, stillHere, sessionActions } from '../../identity/sessions/index.ts'
import { sendActivated } from './activated.ts'
import { closedView } from './views.ts'
import { onboardingActions } from './audit-actions.ts'

const kindOf = ({ context }: FlowState, step: PlacedStep): Step => kindsOf(context.services).of(step)

/** The pages this flow has for this person: who came with a password starts after it. */
function pages(state: FlowState): PlacedStep[] {
  const { steps, facts, context, account, progress } = state
  const all = stepsFor(steps, facts, kindsOf(context.services)).filter(
    (each) => !isEnd(state, each) && !kindOf(state, each).automatic,
  )
  const cameWithPassword = account.passwordSetAt && account.passwordSetAt < progress.startedAt
  return cameWithPassword ? all.slice(all.findIndex((each) => !kindOf(state, each).getsIn)) : all
}

const secretFields = new Set(['password', 'repeat', 'current', 'code', 'passkey', 'answer'])

/** The page of a step. What was typed comes back in it, secrets excepted. */
export async function stepPage(
  state: FlowState,
  step: PlacedStep,
  { action, form = {}, notice }: { action?: string; form?: Form; notice?: string } = {},
): Promise<Page> {
  const mine = pages(state)
  const at = mine.findIndex((each) => each.id === step.id)
  return kindOf(state, step).show(state, step, {
    action: action ?? `/onboarding/${step.id}`,
    progress:
      at >= 0 && mine.length > 1
        ? {
            current: at + 1,
            total: isUndecided(mine, state.facts, kindsOf(state.context.services)) ? null : mine.length,
          }
        : null,
    values: Object.fromEntries(
      Object.entries(form).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' && !secretFields.has(name) ? [[name, value]] : [],
      ),
    ),
    ...(notice && { notice: state.context.t(notice) }),
  })
}

/** Where somebody got to, and the next step with a page. */
interface Reached {
  state: FlowState
  next: PlacedStep | null
}

/** Does by itself what happens by itself, and says where that leads: the next step with a page. */
async function proceed(state: FlowState): Promise<Reached> {
  const next = current(state)
  const kind = next && kindOf(state, next)
  if (!next || !kind?.automatic) return { state, next }
  await kind.automatic(state, next)
  return proceed(await refreshed(state))
}

/**
 * Everything that follows from a finished step, in the same transaction. The link is spent as soon as there is another
 * way in, the own or the mailed password: until then it is the only way back for who stops half-way.
 */
async function conclude(state: FlowState, step: PlacedStep): Promise<Reached> {
  const { context, account, progress } = state
  const after = await proceed(await refreshed(state))
  await context.query(
    `update one_time set used_at = ? where account_id = ? and purpose = 'activation' and used_at is null and dead_at is null
       and (? or exists (select from one_time t where t.account_id = ? and t.purpose = 'temporaryPassword' and t.used_at is null and t.dead_at is null))`,
    [context.at, account.id, after.state.facts.hasPassword, account.id],
  )
  if (after.next && isEnd(after.state, after.next) && !putOff(after.state)) await finish(after.state)
  else if (!progress.finishedAt)
    await record(context, onboardingActions.step, {
      subject: account.id,
      actor: account.id,
      detail: { done: step.step, next: after.next?.id ?? '' },
    })
  return after
}

async function finish(state: FlowState): Promise<void> {
  const { context, account, progress } = state
  if (!(await finishProgress(context, progress.id))) return
  const activated = await context.one(
    'update account set activated_at = ? where id = ? and activated_at is null returning id',
    [context.at, account.id],
  )
  // Whoever got in with less than was just set up is out.
  await endSessionsBut(context, account.id)
  await record(context, onboardingActions.finished, {
    subject: account.id,
    actor: account.id,
    detail: { track: progress.flow },
  })
  if (activated) await sendActivated(state)
}

/** What a form came to: the answer, and whether the step itself is done. */
export interface Answered {
  answer: Answer
  outcome: Outcome['kind']
}

/**
 * Judges the form of the current step and answers. The caller holds the transaction and the lock on the run, so that of
 * the same form sent many times one is judged and the others see its result.
 */
export async function answerStep(state: FlowState, step: PlacedStep, form: Form, action?: string): Promise<Answered> {
  const outcome = await kindOf(state, step).answer(state, step, form)
  const shown = { ...(action && { action }), form }
  if (outcome.kind === 'closed') return { outcome: 'closed', answer: await close(state, outcome) }
  if (outcome.kind === 'again')
    return { outcome: 'again', answer: again(await stepPage(state, step, shown), outcome.errors) }
  await rememberAnswered(state.context, state.account.id)
  if (outcome.kind === 'stay') {
    if (outcome.notice) state.context.browser.flash(outcome.notice)
    return { outcome: 'stay', answer: see('/onboarding') }
  }
  if (isEnd(state, step)) return { outcome: 'done', answer: await leave(state, landingOf(step)) }
  const after = await conclude(state, step)
  return { outcome: 'done', answer: await goOn(after.state, after.next) }
}

/** On to the next step; at the end of one flow to what else is asked; and, when all is there or the rest was put off, in. */
async function goOn(state: FlowState, next: PlacedStep | null): Promise<Answer> {
  const { context, account, progress } = state
  const later = putOff(state)
  if (next && !isEnd(state, next)) return see(`/onboarding/${next.id}`)
  const activation = isActivation(progress.flow)
  const more = activation ? await openStricter(context, account.id, undefined, later) : null
  if (more) return see(`/onboarding/${more.id}`)
  if (activation && next && !later) return see(`/onboarding/${next.id}`)
  if (next && !later) context.browser.flash('onboarding.done.strengthened')
  return leave(state, 'home')
}

const isActivation = (flow: FlowName): boolean => flow === 'activation'

/** Where the end leads, as the firm wrote it down. */
const landingOf = (step: PlacedStep): 'home' | 'signIn' =>
  'landing' in step && step.landing === 'signIn' ? 'signIn' : 'home'

/** Out of the onboarding: into the portal, or to the sign-in page. */
async function leave({ context, account }: FlowState, landing: 'home' | 'signIn'): Promise<Answer> {
  const here = context as PersonContext
  if (here.session.level === 'signedIn') return see('/home')
  if (landing === 'signIn') {
    await endSession(context)
    context.renewSession()
    context.browser.set('identifier', identifierOf(context.policy, account))
    context.browser.flash('onboarding.done.signInNow')
    return see('/sign-in')
  }
  await raiseSession(here, 'signedIn')
  await context.query('update account set previous_sign_in_at = last_sign_in_at, last_sign_in_at = ? where id = ?', [
    context.at,
    here.person.id,
  ])
  await record(context, sessionActions.signedIn, {})
  return see('/home')
}

/** Too many tries: the link dies and the firm's people see why. */
async function close(
  { context, account }: FlowState,
  { reason, action }: { reason: string; action: AuditAction<never> },
): Promise<Answer> {
  await context.query(
    `update one_time set dead_at = ? where account_id = ? and purpose = 'activation' and used_at is null and dead_at is null`,
    [context.at, account.id],
  )
  await record(context, action, {
    subject: account.id,
    actor: account.id,
    outcome: 'refused',
  })
  await endSession(context)
  return page(closedView, { reason }, 403)
}

/** POST of a step: judged when it is where the person is; else the same form sent twice, or a page left open in another tab. */
export async function post(context: PersonContext, id: string, form: Form): Promise<Answer> {
  return context.transaction(async (inner) => {
    if (!(await stillHere(inner, ['onboarding', 'signedIn']))) return see('/sign-in')
    const state = await stateHere(inner, { lock: true })
    const step = state && current(state)
    if (!state || !step) return see('/home')
    if (await answeredBefore(inner, state.account.id)) return see('/onboarding')
    if (step.id === id) return (await answerStep(state, step, form)).answer
    const errors: FieldErrors = { '': { key: 'onboarding.stale' } }
    return again(await stepPage(state, step), errors, 409)
  })
}

/** GET of a step: its page when the person is there, else the way to where they are. Changes nothing. */
export async function show(context: PersonContext, id: string): Promise<Answer> {
  const state = await stateHere(context)
  const step = state && current(state)
  if (
    !state ||
    !step ||
    (context.session.level === 'signedIn' && isEnd(state, step) && isActivation(state.progress.flow))
  )
    return see('/home')
  return step.id === id ? stepPage(state, step) : see(`/onboarding/${step.id}`)
}

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
    return position(state.steps, here.facts, kindsOf(context.services), true) ?? openStricter(context, accountId, as)
  const after = await proceed(here)
  if (!after.next || !isEnd(after.state, after.next)) return after.next
  await finish(after.state)
  return openStricter(context, accountId, as)
}

/** Begins making an account stronger from the home page, or takes up again what was put off. */
export async function start(context: PersonContext, flow: WrittenFlow): Promise<void> {
  await context.transaction(async (inner) => {
    const open = await stateOf(inner, inner.person.id, 'activation', { lock: true })
    const waits = open?.steps.some((step) => kindOf(open, step).putsOff)
    if (open && !open.progress.finishedAt && waits) await takeUp(inner, open)
    else if (await openStricter(inner, inner.person.id, { since: null }))
      await takeUp(inner, await stateOf(inner, inner.person.id, 'stricter'))
    else if (inner.policy.onboarding[flow].length) await beginFlow(inner, inner.person.id, flow)
  })
}
