import { z } from 'zod'
import { page, see } from '../../platform/http/answer.ts'
import { get, line, nothing, post, type Route } from '../../tenancy/route.ts'
import { allFields } from '../onboarding/index.ts'
import { askNewLink, newLinkPage } from './ask-link.ts'
import { askAgainIn } from './asked.ts'
import { answerLink, showLink, switchPerson } from './open-link.ts'
import { newSentView } from './views.ts'

const Token = z.strictObject({ token: z.string().max(100) })
const Form = z.strictObject({ ...Token.shape, ...allFields, email: line() })

export const routes: Route[] = [
  get('/new', 'public', nothing, () => newLinkPage()),
  post('/new', 'public', z.strictObject({ identifier: line() }), (context, { identifier }) =>
    askNewLink(context, identifier),
  ),
  get('/new/sent', 'public', nothing, (context) => page(newSentView, { next: askAgainIn(context) })),
  get('/:token', 'public', Token, (context, { token }) => showLink(context, token)),
  post('/:token', 'public', Form, (context, { token, ...form }) => answerLink(context, token, form as never)),
  post('/:token/switch', 'public', Token, async (context, { token }) => {
    await switchPerson(context)
    return see(`/activation/${token}`)
  }),
]
