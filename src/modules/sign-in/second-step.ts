import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import { asking, factors, tellUsed, unsentError } from '../../identity/factors/index.ts'
import { chooseFactor, countTry, endHalfWay, stillHere, trustComputer } from '../../identity/sessions/index.ts'
import { beginWay, enterFurther, waysOf } from './enter.ts'
import { signInPage } from './page.ts'
import { codeView, otherView } from './views.ts'
import { signInActions } from './audit-actions.ts'

const factorOf = (context: PersonContext) => (context.session.factor ?? 'mail') as FactorName

/** The page that asks for the code, by the factor in use. */
export async function codePage(context: PersonContext): Promise<Page> {
  const name = factorOf(context)
  const asked = await asking(context, context.person, name, 'signInCode')
  return page(codeView, {
    ...asked,
    ...(asked.unsent && { titleKey: 'factors.unsent.title' }),
    others: (await waysOf(context, context.person.id)).filter((way) => way !== name),
    trust: factors[name].kind === 'backup' ? null : context.policy.secondFactor.trustedComputer,
  })
}

/** Judges the code, and lets in. Wrong codes are counted per person, whichever factor they were for. */
export async function giveCode(context: PersonContext, typed: string, trust: boolean): Promise<Answer> {
  const turn =
    factors[factorOf(context)].guessable === false
      ? null
      : await countTry(context, 'second step', context.person.id, context.person.id)
  if (turn?.wait) return over(context, turn.wait)
  const answer = await context.transaction((inner) => judge(inner, typed, trust))
  if (answer.kind === 'see') await turn?.right()
  return answer
}

/** Whether a code was refused in this very session: forms sent at the same moment count as tries before any of them is judged. */
const refusedHere = async (context: PersonContext): Promise<boolean> =>
  null !==
  (await context.one(
    `select seq from audit_line where subject = ? and action = ? and outcome = 'refused' and at >= ? limit 1`,
    [context.person.id, signInActions.secondStep.name, context.session.startedAt],
  ))

/** Too many wrong codes: a sign-in that caused the wait itself is over, here and now. Who waited begins with the password. */
async function over(context: PersonContext, seconds: number): Promise<Answer> {
  if (!(await refusedHere(context)) || !(await endHalfWay(context)))
    return again(await codePage(context), { code: { key: 'sign-in.code.wait', params: { seconds } } }, 429)
  Object.assign(context, { session: null, person: null })
  return again(await signInPage(context, ''), { '': { key: 'sign-in.code.over', params: { seconds } } }, 429)
}

async function judge(context: PersonContext, typed: string, trust: boolean): Promise<Answer> {
  const name = factorOf(context)
  // Of the same form sent twice the second waits here, and then finds the session further on.
  if (!(await stillHere(context, ['secondStep']))) return see('/home')
  const verdict = await factors[name].check(context, context.person, typed)
  if (!verdict.ok) {
    if (!verdict.pending)
      await record(context, signInActions.secondStep, { outcome: 'refused', detail: { factor: name } })
    return again(await codePage(context), { code: verdict.error })
  }
  await record(context, signInActions.secondStep, { detail: { factor: name } })
  await tellUsed(context, context.person, name)
  if (trust && factors[name].kind !== 'backup') await trustComputer(context, context.person.id)
  return enterFurther(context)
}

/** Sends the code once more. */
export async function sendAgain(context: PersonContext): Promise<Answer> {
  const unsent = await context.transaction((inner) => factors[factorOf(inner)].begin(inner, inner.person))
  if (unsent) return again(await codePage(context), { '': unsentError(unsent) }, 429)
  if (factors[factorOf(context)].guessable !== false) context.browser.flash('onboarding.code.sent')
  return see('/sign-in/code')
}

/** The other ways to give the second step. */
export async function waysPage(context: PersonContext): Promise<Page> {
  return page(otherView, { now: factorOf(context), ways: await waysOf(context, context.person.id) })
}

/** Changes to another way; a code goes out where that way sends one. */
export async function takeWay(context: PersonContext, wanted: string): Promise<Answer> {
  const way = (await waysOf(context, context.person.id)).find((each) => each === wanted)
  if (!way) return again(await waysPage(context), { way: { key: 'sign-in.other.none' } })
  await context.transaction(async (inner) => {
    await chooseFactor(inner, way)
    await beginWay(inner, inner.person, way)
  })
  return see('/sign-in/code')
}
