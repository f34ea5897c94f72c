import { z } from 'zod'
import { again, json, page, see, type Answer, type FieldErrors, type Page } from '../../platform/http/answer.ts'
import { get, hashes, line, nothing, post, proof, secret, ticked, type Route } from '../../tenancy/route.ts'
import type { Context } from '../../tenancy/context.ts'
import { endSession } from '../../identity/sessions/index.ts'
import { enter } from './enter.ts'
import { answerBrowserLink, showBrowserLink } from './own-browser.ts'
import { helpFor, signInPage } from './page.ts'
import { signInByPasskey } from './passkey.ts'
import { tryPassword } from './password.ts'
import { codeAgain, codePage, giveCode, takeWay, waysPage } from './second-step.ts'
import { helpView, passwordView } from './views.ts'

/** Nobody has a longer name or address (RFC 5321 §4.5.3.1). */
const longestName = 256

const SignIn = z.strictObject({ identifier: line(), password: secret() })
const Password = z.strictObject({ password: secret() })
const Token = z.strictObject({ token: z.string().max(100) })
const Code = z.strictObject({ code: proof(), trust: ticked() })

const passwordPage = ({ browser, policy }: Context): Page =>
  page(passwordView, { by: policy.signIn.identifier, identifier: browser.get('identifier') ?? '' })

const missing = ({ policy }: Context, identifier: string, password: string | null): FieldErrors => ({
  ...(!identifier && { identifier: { key: 'sign-in.identifier.empty', params: { by: policy.signIn.identifier } } }),
  ...(password === '' && { password: { key: 'sign-in.password.empty' } }),
})

/** Name and password, from either layout; one text for everything that can be wrong with them. */
async function signIn(context: Context, shown: Page, identifier: string, password: string): Promise<Answer> {
  const gaps = missing(context, identifier, password)
  if (Object.keys(gaps).length) return again(shown, gaps)
  const tried = await tryPassword(context, identifier, password)
  if (tried.result === 'wait')
    return again(
      shown,
      { '': { key: tried.everywhere ? 'sign-in.waitEverywhere' : 'sign-in.wait', params: { seconds: tried.seconds } } },
      429,
    )
  const entered = tried.result === 'right' ? await enter(context, tried.account, tried.via) : null
  if (!entered) return again(shown, { password: { key: 'sign-in.wrong' } })
  context.browser.delete('identifier')
  return entered
}

export const routes: Route[] = [
  get('/', 'public', nothing, (context) =>
    context.session?.level === 'signedIn' ? see('/home') : signInPage(context),
  ),
  get('/password', 'public', nothing, (context) =>
    context.browser.get('identifier') ? passwordPage(context) : see('/sign-in'),
  ),
  ...hashes([
    post('/', 'public', SignIn, async (context, { identifier, password }) => {
      if (context.policy.signIn.layout === 'onePage')
        return signIn(context, await signInPage(context, identifier), identifier, password)
      const gaps = missing(context, identifier, null)
      if (Object.keys(gaps).length) return again(await signInPage(context, identifier), gaps)
      context.browser.set('identifier', identifier.slice(0, longestName))
      return see('/sign-in/password')
    }),
    post('/password', 'public', Password, (context, { password }) => {
      const identifier = context.browser.get('identifier')
      return identifier ? signIn(context, passwordPage(context), identifier, password) : see('/sign-in')
    }),
  ]),
  post('/passkey', 'public', z.strictObject({ code: proof() }), (context, { code }) => signInByPasskey(context, code)),
  get('/help', 'public', nothing, (context) => page(helpView, helpFor(context))),
  get('/browser/:token', 'public', Token, (context, { token }) => showBrowserLink(context, token)),
  post('/browser/:token', 'public', Token.extend({ email: line() }), (context, { token, email }) =>
    answerBrowserLink(context, token, email),
  ),
  get('/code', 'secondStep', nothing, codePage),
  post('/code', 'secondStep', Code, (context, { code, trust }) => giveCode(context, code, trust)),
  post('/code/again', 'secondStep', nothing, codeAgain),
  get('/other', 'secondStep', nothing, waysPage),
  post('/other', 'secondStep', z.strictObject({ way: line() }), (context, { way }) => takeWay(context, way)),
  post('/keep', 'signedIn', nothing, () => json({ kept: true })),
]

/** Signing out: at once, for good, and the browser forgets. */
export const signOut: Route[] = [
  post('/', 'public', nothing, async (context) => {
    await endSession(context)
    context.renewSession()
    context.browser.flash('sign-in.signedOut')
    return see('/sign-in', true)
  }),
]
