import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import {
  ask,
  logProof,
  prove,
  provePassword,
  sendAgain,
  sends,
  strongWays,
  waysFor,
  type Challenge,
  type Occasion,
} from '../../identity/challenge/index.ts'
import { dropUnreadable, type Owner } from '../../identity/factors/index.ts'
import { answeredBefore, rememberAnswered } from '../../identity/flow/index.ts'
import { renewSession, stillHere } from '../../identity/sessions/index.ts'
import { stepUpActions } from './audit-actions.ts'
import { codeView, passwordView, sendView } from './views.ts'

const occasion: Occasion = { purpose: 'stepUpCode', action: stepUpActions.done, ways: strongWays }
/** Where somebody goes on who came here by themselves. */
const elsewhere = '/profile'

/**
 * The person, with the ways to show who they are that they had when they were let in. What was set up in this session
 * shows nothing in it: whoever finds it open could set up their own, and then pass for its owner with that.
 */
const ownerOf = ({ person, session }: PersonContext): Owner => ({ ...person, hadAt: session.signedInAt })

/** What this person can show with who they are; none: only the password. */
export const waysHere = (context: PersonContext): Promise<FactorName[]> => waysFor(context, occasion, ownerOf(context))

/**
 * By the way somebody asked for, else their first; null for who has none.
 * @throws Refusal 404 for one they do not have
 */
function challengeBy(context: PersonContext, ways: FactorName[], wanted: string): Challenge | null {
  const way = ways.find((each) => each === wanted) ?? (wanted ? undefined : ways[0])
  if (wanted && !way) throw notFound()
  return way ? { occasion, owner: ownerOf(context), way } : null
}

/** The page that asks: by the way wanted, or the first there is; the password of who has no second step. */
export async function stepUpPage(context: PersonContext, wanted: string): Promise<Page> {
  const lost = await dropUnreadable(context, ownerOf(context))
  const ways = await waysHere(context)
  const challenge = challengeBy(context, ways, lost ? '' : wanted)
  if (!challenge) return page(passwordView)
  const asked = await ask(context, challenge, ways)
  return page(asked.sends && !asked.sent ? sendView : codeView, { ...asked, trust: null })
}

/**
 * What is asked by the way of the form; null where something did not open any more, and the page begins anew.
 * @throws Refusal 404
 */
async function challengeOf(context: PersonContext, wanted: string): Promise<Challenge | null> {
  if (await dropUnreadable(context, ownerOf(context))) return null
  const challenge = challengeBy(context, await waysHere(context), wanted)
  if (!challenge) throw notFound()
  return challenge
}

/** Sends the code, the first time or once more. */
export async function sendCode(context: PersonContext, wanted: string): Promise<Answer> {
  const challenge = await challengeOf(context, wanted)
  if (!challenge) return see('/step-up')
  if (!sends(context, challenge)) throw notFound()
  const sent = await context.transaction((inner) => sendAgain(inner, challenge))
  if ('unsent' in sent) return again(await stepUpPage(context, challenge.way), { '': sent.unsent }, 429)
  if (sent.typed) context.browser.flash('step-up.sent')
  return see(`/step-up?way=${challenge.way}`)
}

const goOn = (context: PersonContext): Answer => see(context.browser.take('back') ?? elsewhere)

/**
 * What is the case instead of a step-up: the session is over, or this very form was answered before. In the caller's
 * transaction, which holds the session.
 */
async function instead(context: PersonContext): Promise<Answer | undefined> {
  if (!(await stillHere(context))) return see('/sign-in')
  return (await answeredBefore(context, context.person.id)) ? goOn(context) : undefined
}

/** The session is fresh from here on, under a new id. In the caller's transaction. */
async function steppedUp(context: PersonContext): Promise<Answer> {
  const on = goOn(context)
  await renewSession(context, { steppedUp: true })
  await rememberAnswered(context, context.person.id)
  return on
}

/** A code, by the way of the page. */
export async function giveCode(context: PersonContext, wanted: string, typed: string): Promise<Answer> {
  const challenge = await challengeOf(context, wanted)
  if (!challenge) return see('/step-up')
  const proof = await prove(context, challenge, typed, { first: instead, right: steppedUp })
  if ('result' in proof) return proof.result
  const shown = await stepUpPage(context, challenge.way)
  if (proof.outcome === 'wait')
    return again(shown, { code: { key: 'step-up.wait', params: { seconds: proof.seconds } } }, 429)
  return again(shown, { code: proof.error })
}

/** The password, of who had nothing stronger when they were let in. */
export async function givePassword(context: PersonContext, typed: string): Promise<Answer> {
  if (!typed) return again(await stepUpPage(context, ''), { password: { key: 'step-up.password.empty' } })
  const verdict = await provePassword(context, context.person.id, typed)
  if (verdict.wait)
    return again(
      await stepUpPage(context, ''),
      { password: { key: 'step-up.wait', params: { seconds: verdict.wait } } },
      429,
    )
  return context.transaction(async (inner) => {
    const other = await instead(inner)
    if (other) return other
    await logProof(inner, occasion, inner.person.id, { by: 'password', right: verdict.right })
    if (verdict.right) return steppedUp(inner)
    return again(await stepUpPage(inner, ''), { password: { key: 'step-up.password.wrong' } })
  })
}
