import { again, page, see, type Answer, type FieldErrors, type Page } from '../../platform/http/answer.ts'
import type { PlacedStep, Track } from '../../tenancy/policy.ts'
import type { PersonContext, Context } from '../../tenancy/context.ts'
import { identifierOf } from '../../identity/accounts/index.ts'
import { audit } from '../../identity/audit/index.ts'
import { endSession, endSessionsBut, raiseSession, stillHere } from '../../identity/sessions/index.ts'
import { sendActivated } from './activated.ts'
import { answeredBefore, rememberAnswered } from './answered.ts'
import { current, openStricter, takeUp, walkHere } from './here.ts'
import { isUndecided, position, putOff, steps } from './position.ts'
import { nature, stepOf } from './steps/registry.ts'
import type { Form, Outcome, Walk } from './step.ts'
import { openRun, refreshed, walkOf } from './walk.ts'
import { closedView } from './views.ts'

/** The pages this walk has for this person: who came with a password starts after it. */
function pages(walk: Walk): PlacedStep[] {
  const all = steps(walk.track, walk.facts, nature).filter(
    (each) => each.step !== 'done' && !stepOf(each.step).automatic,
  )
  const cameWithPassword = walk.account.passwordSetAt && walk.account.passwordSetAt < walk.run.startedAt
  return cameWithPassword ? all.slice(all.findIndex((each) => each.step !== 'password' && each.step !== 'signIn')) : all
}

const secretFields = new Set(['password', 'repeat', 'current', 'code', 'passkey', 'answer'])

/** The page of a step. What was typed comes back in it, secrets excepted. */
export async function stepPage(
  walk: Walk,
  step: PlacedStep,
  { action, form = {}, notice }: { action?: string; form?: Form; notice?: string } = {},
): Promise<Page> {
  const mine = pages(walk)
  const at = mine.findIndex((each) => each.id === step.id)
  return stepOf(step.step).show(walk, step, {
    action: action ?? `/onboarding/${step.id}`,
    progress:
      at >= 0 && mine.length > 1
        ? { current: at + 1, total: isUndecided(mine, walk.facts, nature) ? null : mine.length }
        : null,
    values: Object.fromEntries(
      Object.entries(form).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' && !secretFields.has(name) ? [[name, value]] : [],
      ),
    ),
    ...(notice && { notice: walk.context.t(notice) }),
  })
}

/** Does by itself what happens by itself, and says where that leads: the next step with a page. */
async function proceed(walk: Walk): Promise<{ walk: Walk; next: PlacedStep | null }> {
  const next = current(walk)
  const automatic = next && stepOf(next.step).automatic
  if (!next || !automatic) return { walk, next }
  await automatic(walk, next)
  return proceed(await refreshed(walk))
}

/**
 * Everything that follows from a finished step, in the same transaction. The link is spent as soon as there is another
 * way in, the own or the mailed password: until then it is the only way back for who stops half-way.
 */
async function conclude(walk: Walk, step: PlacedStep): Promise<{ walk: Walk; next: PlacedStep | null }> {
  const { context, account, run } = walk
  const after = await proceed(await refreshed(walk))
  await context.query(
    `update one_time set used_at = ? where account_id = ? and purpose = 'activation' and used_at is null and dead_at is null
       and (? or exists (select from one_time t where t.account_id = ? and t.purpose = 'temporaryPassword' and t.used_at is null and t.dead_at is null))`,
    [context.at, account.id, after.walk.facts.hasPassword, account.id],
  )
  if (after.next?.step === 'done' && !putOff(after.walk.track, after.walk.facts)) await finish(after.walk)
  else if (!run.finishedAt)
    await audit(context, 'onboarding.step', {
      subject: account.id,
      actor: account.id,
      detail: { done: step.step, next: after.next?.id ?? '' },
    })
  return after
}

async function finish(walk: Walk): Promise<void> {
  const { context, account, run } = walk
  const ended = await context.one('update run set finished_at = ? where id = ? and finished_at is null returning id', [
    context.at,
    run.id,
  ])
  if (!ended) return
  const activated = await context.one(
    'update account set activated_at = ? where id = ? and activated_at is null returning id',
    [context.at, account.id],
  )
  // Whoever got in with less than was just set up is out.
  await endSessionsBut(context, account.id)
  await audit(context, 'onboarding.finished', { subject: account.id, actor: account.id, detail: { track: run.track } })
  if (activated) await sendActivated(walk)
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
export async function answerStep(walk: Walk, step: PlacedStep, form: Form, action?: string): Promise<Answered> {
  const outcome = await stepOf(step.step).answer(walk, step, form)
  const shown = { ...(action && { action }), form }
  if (outcome.kind === 'closed') return { outcome: 'closed', answer: await close(walk, outcome.reason) }
  if (outcome.kind === 'again')
    return { outcome: 'again', answer: again(await stepPage(walk, step, shown), outcome.errors) }
  await rememberAnswered(walk.context, walk.account.id)
  if (outcome.kind === 'stay') {
    if (outcome.notice) walk.context.browser.flash(outcome.notice)
    return { outcome: 'stay', answer: see('/onboarding') }
  }
  if (step.step === 'done') return { outcome: 'done', answer: await leave(walk, step.landing) }
  const after = await conclude(walk, step)
  return { outcome: 'done', answer: await goOn(after.walk, after.next) }
}

/** On to the next step; at the end of one walk to what else is asked; and, when all is there or the rest was put off, in. */
async function goOn(walk: Walk, next: PlacedStep | null): Promise<Answer> {
  const { context, track, facts, run } = walk
  const later = putOff(track, facts)
  if (next && next.step !== 'done') return see(`/onboarding/${next.id}`)
  const more = run.track === 'activation' ? await openStricter(context, walk.account.id, undefined, { later }) : null
  if (more) return see(`/onboarding/${more.id}`)
  if (run.track === 'activation' && next && !later) return see(`/onboarding/${next.id}`)
  if (next && !later) context.browser.flash('onboarding.done.strengthened')
  return leave(walk, 'home')
}

/** Out of the onboarding: into the portal, or to the sign-in page. */
async function leave({ context, account }: Walk, landing: 'home' | 'signIn'): Promise<Answer> {
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
  await audit(context, 'signIn.done', {})
  return see('/home')
}

/** Too many tries: the link dies and the firm's people see why. */
async function close({ context, account }: Walk, reason: string): Promise<Answer> {
  await context.query(
    `update one_time set dead_at = ? where account_id = ? and purpose = 'activation' and used_at is null and dead_at is null`,
    [context.at, account.id],
  )
  await audit(context, `activation.${reason}TriesUsedUp`, {
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
    const walk = await walkHere(inner, { lock: true })
    const step = walk && current(walk)
    if (!walk || !step) return see('/home')
    if (await answeredBefore(inner, walk.account.id)) return see('/onboarding')
    if (step.id === id) return (await answerStep(walk, step, form)).answer
    const errors: FieldErrors = { '': { key: 'onboarding.stale' } }
    return again(await stepPage(walk, step), errors, 409)
  })
}

/** GET of a step: its page when the person is there, else the way to where they are. Changes nothing. */
export async function show(context: PersonContext, id: string): Promise<Answer> {
  const walk = await walkHere(context)
  const step = walk && current(walk)
  if (
    !walk ||
    !step ||
    (context.session.level === 'signedIn' && step.step === 'done' && walk.run.track === 'activation')
  )
    return see('/home')
  return step.id === id ? stepPage(walk, step) : see(`/onboarding/${step.id}`)
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
  const before = await walkOf(context, accountId, 'activation', { lock: true })
  const walk =
    before && (before.run.finishedAt || !before.run.endedAt) ? before : await openRun(context, accountId, 'activation')
  const here = { ...walk, facts: { ...walk.facts, ...as } }
  if (walk.run.finishedAt) return position(walk.track, here.facts, nature, true) ?? openStricter(context, accountId, as)
  const { walk: after, next } = await proceed(here)
  if (next?.step !== 'done') return next
  await finish(after)
  return openStricter(context, accountId, as)
}

/** Begins making an account stronger from the home page, or takes up again what was put off. */
export async function start(context: PersonContext, track: Track): Promise<void> {
  await context.transaction(async (inner) => {
    const open = await walkOf(inner, inner.person.id, 'activation', { lock: true })
    if (open && !open.run.finishedAt && open.track.some((step) => step.step === 'intro')) await takeUp(inner, open)
    else if (await openStricter(inner, inner.person.id, { since: null }))
      await takeUp(inner, await walkOf(inner, inner.person.id, 'stricter'))
    else if (inner.policy.onboarding[track].length) await openRun(inner, inner.person.id, track)
  })
}
