import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import {
  asking,
  dropUnreadable,
  factorFactsBy,
  factors,
  type Owner,
  stepUpWays,
  tellUsed,
  unsentError,
  waysFromHere,
} from '../../identity/factors/index.ts'
import { answeredBefore, rememberAnswered } from '../../identity/flow/index.ts'
import { countTry, renewSession, stillHere } from '../../identity/sessions/index.ts'
import { isOwnPassword } from './own-password.ts'
import { codeView, passwordView, sendView } from './views.ts'
import { stepUpActions } from './audit-actions.ts'

const purpose = 'stepUpCode'
/** Where somebody goes on who came here by themselves. */
const elsewhere = '/profile'

/**
 * The person, with the ways to show who they are that they had when they were let in. What was set up in this session
 * shows nothing in it: whoever finds it open could set up their own, and then pass for its owner with that.
 */
const ownerOf = ({ person, session }: PersonContext): Owner => ({ ...person, hadAt: session.signedInAt })

/** What this person can show with who they are, the strongest first; none: only the password. */
export async function waysHere(context: PersonContext): Promise<FactorName[]> {
  const { id, hadAt } = ownerOf(context)
  const had = await factorFactsBy(context, id, context.session.signedInAt)
  return had ? waysFromHere(context, id, stepUpWays(context.policy, had), hadAt) : []
}

/** The way somebody asked for, else their strongest. @throws Refusal 404 for one they do not have */
function wayOf(ways: FactorName[], wanted: string): FactorName | undefined {
  if (wanted && !ways.some((way) => way === wanted)) throw notFound()
  return ways.find((way) => way === wanted) ?? ways[0]
}

/** The page that asks: by the way wanted, or the strongest there is; the password of who has no second step. */
export async function stepUpPage(context: PersonContext, wanted: string): Promise<Page> {
  const lost = await dropUnreadable(context, ownerOf(context))
  const ways = await waysHere(context)
  const way = wayOf(ways, lost ? '' : wanted)
  if (!way) return page(passwordView)
  const asked = await asking(context, ownerOf(context), way, purpose)
  return page(asked.sends && !asked.sent ? sendView : codeView, {
    ...asked,
    others: ways.filter((each) => each !== way),
    trust: null,
  })
}

/** Sends the code, the first time or once more. */
export async function sendCode(context: PersonContext, wanted: string): Promise<Answer> {
  if (await dropUnreadable(context, ownerOf(context))) return see('/step-up')
  const way = wayOf(await waysHere(context), wanted)
  if (!way || !factors[way].sends) throw notFound()
  const unsent = await context.transaction((inner) => factors[way].begin(inner, ownerOf(inner), purpose))
  if (unsent) return again(await stepUpPage(context, way), { '': unsentError(unsent) }, 429)
  if (factors[way].guessable !== false) context.browser.flash('step-up.sent')
  return see(`/step-up?way=${way}`)
}

const goOn = (context: PersonContext): Answer => see(context.browser.take('back') ?? elsewhere)

/** The session is fresh from here on, under a new id. In the caller's transaction. */
async function steppedUp(context: PersonContext, by: string): Promise<Answer> {
  const on = goOn(context)
  await renewSession(context, { steppedUp: true })
  await rememberAnswered(context, context.person.id)
  await record(context, stepUpActions.done, { detail: { by } })
  return on
}

/** A code, by the way of the page. Counted before it is judged. */
export async function giveCode(context: PersonContext, wanted: string, typed: string): Promise<Answer> {
  if (await dropUnreadable(context, ownerOf(context))) return see('/step-up')
  const way = wayOf(await waysHere(context), wanted)
  if (!way) throw notFound()
  // The same count as at signing in: who is slowed down there is slowed down here.
  const turn =
    factors[way].guessable === false
      ? null
      : await countTry(context, 'second step', context.person.id, context.person.id)
  if (turn?.wait)
    return again(await stepUpPage(context, way), { code: { key: 'step-up.wait', params: { seconds: turn.wait } } }, 429)
  const answer = await context.transaction(async (inner) => {
    if (!(await stillHere(inner))) return see('/sign-in')
    if (await answeredBefore(inner, inner.person.id)) return goOn(inner)
    const verdict = await factors[way].check(inner, ownerOf(inner), typed, purpose)
    if (!verdict.ok) {
      if (!verdict.pending) await record(inner, stepUpActions.done, { outcome: 'refused', detail: { by: way } })
      return again(await stepUpPage(inner, way), { code: verdict.error })
    }
    await tellUsed(inner, inner.person, way)
    return steppedUp(inner, way)
  })
  if (answer.kind === 'see') await turn?.right()
  return answer
}

/** The password, of who had nothing stronger when they were let in. */
export async function givePassword(context: PersonContext, typed: string): Promise<Answer> {
  if (!typed) return again(await stepUpPage(context, ''), { password: { key: 'step-up.password.empty' } })
  const verdict = await isOwnPassword(context, context.person.id, typed)
  if (verdict.wait)
    return again(
      await stepUpPage(context, ''),
      { password: { key: 'step-up.wait', params: { seconds: verdict.wait } } },
      429,
    )
  return context.transaction(async (inner) => {
    if (!(await stillHere(inner))) return see('/sign-in')
    if (await answeredBefore(inner, inner.person.id)) return goOn(inner)
    if (verdict.right) return steppedUp(inner, 'password')
    await record(inner, stepUpActions.done, { outcome: 'refused', detail: { by: 'password' } })
    return again(await stepUpPage(inner, ''), { password: { key: 'step-up.password.wrong' } })
  })
}
