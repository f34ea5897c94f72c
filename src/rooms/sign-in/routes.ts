import { z } from 'zod'
import { again, json, page, see, type Answer, type FieldErrors, type Page } from '../../platform/answer.ts'
import { get, line, nothing, post, proof, secret, ticked, type Route } from '../../tenancy/door.ts'
import type { Visit } from '../../tenancy/visit.ts'
import { endSession } from '../sessions/index.ts'
import { enter } from './enter.ts'
import { answerBrowserLink, showBrowserLink } from './own-browser.ts'
import { helpFor, signInPage } from './page.ts'
import { signInByPasskey } from './passkey.ts'
import { tryPassword } from './password.ts'
import { codePage, giveCode, sendAgain, takeWay, waysPage } from './second-step.ts'

const SignIn = z.strictObject({ identifier: line(), password: secret() })
const Password = z.strictObject({ password: secret() })
const Token = z.strictObject({ token: z.string().max(100) })
const Code = z.strictObject({ code: proof(), trust: ticked() })

const passwordPage = ({ browser, policy }: Visit): Page =>
  page('sign-in/password', { by: policy.signIn.identifier, identifier: browser.recall('identifier') ?? '' })

const missing = ({ policy }: Visit, identifier: string, password: string | null): FieldErrors => ({
  ...(!identifier && { identifier: { key: 'sign-in.identifier.empty', params: { by: policy.signIn.identifier } } }),
  ...(password === '' && { password: { key: 'sign-in.password.empty' } }),
})

/** Name and password, from either layout; one text for everything that can be wrong with them. */
async function signIn(visit: Visit, shown: Page, identifier: string, password: string): Promise<Answer> {
  const gaps = missing(visit, identifier, password)
  if (Object.keys(gaps).length) return again(shown, gaps)
  const tried = await tryPassword(visit, identifier, password)
  if (tried.result === 'wait')
    return again(
      shown,
      { '': { key: tried.everywhere ? 'sign-in.waitEverywhere' : 'sign-in.wait', params: { seconds: tried.seconds } } },
      429,
    )
  const entered = tried.result === 'right' ? await enter(visit, tried.account, tried.via) : null
  if (!entered) return again(shown, { password: { key: 'sign-in.wrong' } })
  visit.browser.forget('identifier')
  return entered
}

export const routes: Route[] = [
  get('/', 'public', nothing, (visit) => (visit.session?.level === 'signedIn' ? see('/home') : signInPage(visit))),
  post('/', 'public', SignIn, async (visit, { identifier, password }) => {
    if (visit.policy.signIn.layout === 'onePage')
      return signIn(visit, await signInPage(visit, identifier), identifier, password)
    const gaps = missing(visit, identifier, null)
    if (Object.keys(gaps).length) return again(await signInPage(visit, identifier), gaps)
    visit.browser.keep('identifier', identifier)
    return see('/sign-in/password')
  }),
  get('/password', 'public', nothing, (visit) =>
    visit.browser.recall('identifier') ? passwordPage(visit) : see('/sign-in'),
  ),
  post('/password', 'public', Password, (visit, { password }) => {
    const identifier = visit.browser.recall('identifier')
    return identifier ? signIn(visit, passwordPage(visit), identifier, password) : see('/sign-in')
  }),
  post('/passkey', 'public', z.strictObject({ code: proof() }), (visit, { code }) => signInByPasskey(visit, code)),
  get('/help', 'public', nothing, ({ policy }) => page('sign-in/help', helpFor(policy))),
  get('/browser/:token', 'public', Token, (visit, { token }) => showBrowserLink(visit, token)),
  post('/browser/:token', 'public', Token.extend({ email: line() }), (visit, { token, email }) =>
    answerBrowserLink(visit, token, email),
  ),
  get('/code', 'secondStep', nothing, codePage),
  post('/code', 'secondStep', Code, (visit, { code, trust }) => giveCode(visit, code, trust)),
  post('/code/again', 'secondStep', nothing, sendAgain),
  get('/other', 'secondStep', nothing, waysPage),
  post('/other', 'secondStep', z.strictObject({ way: line() }), (visit, { way }) => takeWay(visit, way)),
  post('/keep', 'signedIn', nothing, () => json({ kept: true })),
]

/** Signing out: at once, for good, and the browser forgets. */
export const signOut: Route[] = [
  post('/', 'public', nothing, async (visit) => {
    await endSession(visit)
    visit.renewSession()
    visit.browser.keep('notice', 'sign-in.signedOut')
    return see('/sign-in', true)
  }),
]
