import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { ask, isBackup, prove, sendAgain, type Challenge } from '../../identity/challenge/index.ts'
import { wasLogged } from '../../identity/audit/index.ts'
import { factorsOf } from '../../identity/factors/index.ts'
import { chooseFactor, endHalfWay, stillHere, trustComputer } from '../../identity/sessions/index.ts'
import { enterFurther } from './enter.ts'
import { occasion, waysOf, beginWay } from './occasion.ts'
import { signInPage } from './page.ts'
import { codeView, otherView } from './views.ts'

/**
 * What is asked in this session. Every session that waits for its second step knows its way; one nobody has any more
 * becomes the first there is.
 */
async function challengeHere(context: PersonContext): Promise<Challenge> {
  const { person, session } = context
  const way = factorsOf(context).find(session.factor)?.name ?? (await waysOf(context, person.id))[0]
  if (!way) throw notFound()
  return { occasion, owner: person, way }
}

/** The page that asks for the code, by the factor in use. */
export async function codePage(context: PersonContext): Promise<Page> {
  const challenge = await challengeHere(context)
  const asked = await ask(context, challenge, await waysOf(context, context.person.id))
  return page(codeView, {
    ...asked,
    ...(asked.unsent && { titleKey: 'factors.unsent.title' }),
    trust: isBackup(context, challenge) ? null : context.policy.secondFactor.trustedComputer,
  })
}

/** Judges the code, and lets in. */
export async function giveCode(context: PersonContext, typed: string, trust: boolean): Promise<Answer> {
  const challenge = await challengeHere(context)
  const proof = await prove(context, challenge, typed, {
    // Of the same form sent twice the second waits here, and then finds the session further on.
    first: async (inner) => ((await stillHere(inner, ['secondStep'])) ? undefined : see('/home')),
    async right(inner) {
      if (trust && !isBackup(inner, challenge)) await trustComputer(inner, inner.person.id)
      return enterFurther(inner)
    },
  })
  if ('result' in proof) return proof.result
  if (proof.outcome === 'wait') return over(context, proof.seconds)
  return again(await codePage(context), { code: proof.error })
}

/**
 * Too many wrong codes: a sign-in that caused the wait itself is over, here and now. Who waited begins with the
 * password. Forms sent at the same moment count as tries before any of them is judged: it is one that was refused.
 */
async function over(context: PersonContext, seconds: number): Promise<Answer> {
  const here = { subject: context.person.id, action: occasion.action, since: context.session.startedAt }
  if (!(await wasLogged(context, { ...here, outcome: 'refused' })) || !(await endHalfWay(context)))
    return again(await codePage(context), { code: { key: 'sign-in.code.wait', params: { seconds } } }, 429)
  Object.assign(context, { session: null, person: null })
  return again(await signInPage(context, ''), { '': { key: 'sign-in.code.over', params: { seconds } } }, 429)
}

/** Sends the code once more. */
export async function codeAgain(context: PersonContext): Promise<Answer> {
  const challenge = await challengeHere(context)
  const sent = await context.transaction((inner) => sendAgain(inner, challenge))
  if ('unsent' in sent) return again(await codePage(context), { '': sent.unsent }, 429)
  if (sent.typed) context.browser.flash('onboarding.code.sent')
  return see('/sign-in/code')
}

/** The other ways to give the second step. */
export async function waysPage(context: PersonContext): Promise<Page> {
  const { way } = await challengeHere(context)
  return page(otherView, { now: way, ways: await waysOf(context, context.person.id) })
}

/** Changes to another way; a code goes out where that way sends one. */
export async function takeWay(context: PersonContext, wanted: string): Promise<Answer> {
  const way = (await waysOf(context, context.person.id)).find((each) => each === wanted)
  if (!way) return again(await waysPage(context), { way: { key: 'sign-in.other.none' } })
  await context.transaction(async (inner) => {
    await beginWay(inner, inner.person, way)
    await chooseFactor(inner, way)
  })
  return see('/sign-in/code')
}
