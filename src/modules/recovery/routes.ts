import { z } from 'zod'
import { page } from '../../platform/http/answer.ts'
import { get, line, nothing, post, type Route } from '../../tenancy/route.ts'
import { fieldsOf, type Form } from '../../identity/flow/index.ts'
import { askAgainIn } from '../activation/index.ts'
import { askPage, askReset } from './ask.ts'
import { askRelease, showAskRelease, waitingPage } from './ask-release.ts'
import { showStop, stop } from './cancel.ts'
import { kinds } from './steps/index.ts'
import { takeWay, waysPage } from './ways.ts'
import { answerRecovery, showRecovery } from './wizard.ts'
import { sentView, stoppedView } from './views.ts'

const Token = z.strictObject({ token: z.string().max(100) })
const Answer = z.strictObject({ ...Token.shape, at: line(), ...fieldsOf(kinds) })
const Email = z.strictObject({ ...Token.shape, email: line() })

export const routes: Route[] = [
  get('/', 'public', nothing, (context) => askPage(context, context.browser.get('identifier') ?? '')),
  post('/', 'public', z.strictObject({ identifier: line() }), (context, { identifier }) =>
    askReset(context, identifier),
  ),
  get('/sent', 'public', nothing, (context) => page(sentView, { next: askAgainIn(context) })),
  get('/waiting', 'public', z.strictObject({ by: z.enum(['people']).optional() }), (context, { by }) =>
    waitingPage(context, by === 'people'),
  ),
  get('/stopped', 'public', nothing, () => page(stoppedView)),
  get('/cancel/:token', 'public', Token, (context, { token }) => showStop(context, token)),
  post('/cancel/:token', 'public', Email, (context, { token, email }) => stop(context, token, email)),
  get('/:token', 'public', Token, (context, { token }) => showRecovery(context, token)),
  post('/:token', 'public', Answer, (context, { token, at, ...form }) =>
    answerRecovery(context, token, at, form as Form),
  ),
  get('/:token/other', 'public', Token, (context, { token }) => waysPage(context, token)),
  post('/:token/other', 'public', z.strictObject({ ...Token.shape, way: line() }), (context, { token, way }) =>
    takeWay(context, token, way),
  ),
  get('/:token/none', 'public', Token, (context, { token }) => showAskRelease(context, token)),
  post('/:token/none', 'public', Email, (context, { token, email }) => askRelease(context, token, email)),
]
