import { z } from 'zod'
import { page, see } from '../../platform/answer.ts'
import { get, line, nothing, post, type Route } from '../../tenancy/door.ts'
import { allFields } from '../onboarding/index.ts'
import { askNewLink, newLinkPage } from './ask-link.ts'
import { askAgainIn } from './asked.ts'
import { answerLink, showLink, switchPerson } from './open-link.ts'

const Token = z.strictObject({ token: z.string().max(100) })
const Form = z.strictObject({ ...Token.shape, ...allFields, email: line() })

export const routes: Route[] = [
  get('/new', 'public', nothing, () => newLinkPage()),
  post('/new', 'public', z.strictObject({ identifier: line() }), (visit, { identifier }) =>
    askNewLink(visit, identifier),
  ),
  get('/new/sent', 'public', nothing, (visit) => page('activation/new-sent', { next: askAgainIn(visit) })),
  get('/:token', 'public', Token, (visit, { token }) => showLink(visit, token)),
  post('/:token', 'public', Form, (visit, { token, ...form }) => answerLink(visit, token, form as never)),
  post('/:token/switch', 'public', Token, async (visit, { token }) => {
    await switchPerson(visit)
    return see(`/activation/${token}`)
  }),
]
