import { again, page, see, type Answer, type Page } from '../../platform/answer.ts'
import { sendNotice } from '../../tenancy/notices.ts'
import type { FactorName } from '../../tenancy/policy.ts'
import type { PersonVisit } from '../../tenancy/visit.ts'
import { audit } from '../audit/index.ts'
import { asking, factors, unsentError } from '../factors/index.ts'
import { chooseFactor, countTry, endHalfWay, stillHere, trustComputer } from '../sessions/index.ts'
import { beginWay, enterFurther, waysOf } from './enter.ts'
import { signInPage } from './page.ts'

const factorOf = (visit: PersonVisit) => (visit.session.factor ?? 'mail') as FactorName

/** The page that asks for the code, by the factor in use. */
export async function codePage(visit: PersonVisit): Promise<Page> {
  const name = factorOf(visit)
  const asked = await asking(visit, visit.person, name, 'signInCode')
  return page('sign-in/code', {
    ...asked,
    ...(asked.unsent && { titleKey: 'factors.unsent.title' }),
    others: (await waysOf(visit, visit.person.id)).filter((way) => way !== name),
    trust: name === 'backupCode' ? null : visit.policy.secondFactor.trustedComputer,
  })
}

/** Judges the code, and lets in. Wrong codes are counted per person, whichever factor they were for. */
export async function giveCode(visit: PersonVisit, typed: string, trust: boolean): Promise<Answer> {
  const turn =
    factors[factorOf(visit)].guessable === false
      ? null
      : await countTry(visit, 'second step', visit.person.id, visit.person.id)
  if (turn?.wait) return over(visit, turn.wait)
  const answer = await visit.transaction((inner) => judge(inner, typed, trust))
  if (answer.kind === 'see') await turn?.right()
  return answer
}

/** Whether a code was refused in this very session: forms sent at the same moment count as tries before any of them is judged. */
const refusedHere = async (visit: PersonVisit): Promise<boolean> =>
  null !==
  (await visit.one(
    `select seq from audit_line where subject = ? and action = 'signIn.secondStep' and outcome = 'refused' and at >= ? limit 1`,
    [visit.person.id, visit.session.startedAt],
  ))

/** Too many wrong codes: a sign-in that caused the wait itself is over, here and now. Who waited begins with the password. */
async function over(visit: PersonVisit, seconds: number): Promise<Answer> {
  if (!(await refusedHere(visit)) || !(await endHalfWay(visit)))
    return again(await codePage(visit), { code: { key: 'sign-in.code.wait', params: { seconds } } }, 429)
  Object.assign(visit, { session: null, person: null })
  return again(await signInPage(visit, ''), { '': { key: 'sign-in.code.over', params: { seconds } } }, 429)
}

async function judge(visit: PersonVisit, typed: string, trust: boolean): Promise<Answer> {
  const name = factorOf(visit)
  // Of the same form sent twice the second waits here, and then finds the session further on.
  if (!(await stillHere(visit, ['secondStep']))) return see('/home')
  const verdict = await factors[name].check(visit, visit.person, typed)
  if (!verdict.ok) {
    if (!verdict.pending) await audit(visit, 'signIn.secondStep', { outcome: 'refused', detail: { factor: name } })
    return again(await codePage(visit), { code: verdict.error })
  }
  await audit(visit, 'signIn.secondStep', { detail: { factor: name } })
  if (name === 'backupCode') await sendNotice(visit, visit.person, 'backupCodeUsed')
  if (trust && name !== 'backupCode') await trustComputer(visit, visit.person.id)
  return enterFurther(visit)
}

/** Sends the code once more. */
export async function sendAgain(visit: PersonVisit): Promise<Answer> {
  const unsent = await visit.transaction((inner) => factors[factorOf(inner)].begin(inner, inner.person))
  if (unsent) return again(await codePage(visit), { '': unsentError(unsent) }, 429)
  if (factors[factorOf(visit)].guessable !== false) visit.browser.keep('notice', 'onboarding.code.sent')
  return see('/sign-in/code')
}

/** The other ways to give the second step. */
export async function waysPage(visit: PersonVisit): Promise<Page> {
  return page('sign-in/other', { now: factorOf(visit), ways: await waysOf(visit, visit.person.id) })
}

/** Changes to another way; a code goes out where that way sends one. */
export async function takeWay(visit: PersonVisit, wanted: string): Promise<Answer> {
  const way = (await waysOf(visit, visit.person.id)).find((each) => each === wanted)
  if (!way) return again(await waysPage(visit), { way: { key: 'sign-in.other.none' } })
  await visit.transaction(async (inner) => {
    await chooseFactor(inner, way)
    await beginWay(inner, inner.person, way)
  })
  return see('/sign-in/code')
}
