import { z } from 'zod'
import { page } from '../../platform/answer.ts'
import { get, line, nothing, post, proof, secret, type Route } from '../../tenancy/door.ts'
import { askAgainIn } from '../activation/index.ts'
import { askPage, askReset } from './ask.ts'
import { askNone, showNone, waitingPage } from './none.ts'
import { showStop, stop } from './stop.ts'
import { answerReset, showReset, takeWay, waysPage } from './walk.ts'

const Token = z.strictObject({ token: z.string().max(100) })
const Form = z.strictObject({
  ...Token.shape,
  at: line(),
  act: line(),
  answer: proof(),
  code: proof(),
  password: secret(),
  repeat: secret(),
  phone: line(),
})
const Email = z.strictObject({ ...Token.shape, email: line() })

export const routes: Route[] = [
  get('/', 'public', nothing, (visit) => askPage(visit, visit.browser.recall('identifier') ?? '')),
  post('/', 'public', z.strictObject({ identifier: line() }), (visit, { identifier }) => askReset(visit, identifier)),
  get('/sent', 'public', nothing, (visit) => page('recovery/sent', { next: askAgainIn(visit) })),
  get('/waiting', 'public', z.strictObject({ by: z.enum(['people']).optional() }), (visit, { by }) =>
    waitingPage(visit, by === 'people'),
  ),
  get('/stopped', 'public', nothing, () => page('recovery/stopped')),
  get('/cancel/:token', 'public', Token, (visit, { token }) => showStop(visit, token)),
  post('/cancel/:token', 'public', Email, (visit, { token, email }) => stop(visit, token, email)),
  get('/:token', 'public', Token, (visit, { token }) => showReset(visit, token)),
  post('/:token', 'public', Form, (visit, { token, ...form }) => answerReset(visit, token, form)),
  get('/:token/other', 'public', Token, (visit, { token }) => waysPage(visit, token)),
  post('/:token/other', 'public', z.strictObject({ ...Token.shape, way: line() }), (visit, { token, way }) =>
    takeWay(visit, token, way),
  ),
  get('/:token/none', 'public', Token, (visit, { token }) => showNone(visit, token)),
  post('/:token/none', 'public', Email, (visit, { token, email }) => askNone(visit, token, email)),
]
