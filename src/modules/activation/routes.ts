import { z } from 'zod'
import { page, see } from '../../platform/http/answer.ts'
import { get, line, nothing, post, type Route } from '../../tenancy/route.ts'
import type { Given } from '../../tenancy/manifest.ts'
import { fieldsOf, type Form } from '../../identity/flow/index.ts'
import { askNewLink, newLinkPage } from './ask-link.ts'
import { askAgainIn } from './asked.ts'
import { answerLink, showLink, switchPerson } from './open-link.ts'
import { newSentView } from './views.ts'

const Token = z.strictObject({ token: z.string().max(100) })

/** The link opens on the first step that asks something typed, so its form may hold whatever a step may. */
export const routes = ({ steps }: Given): Route[] => [
  get('/new', 'public', nothing, () => newLinkPage()),
  post('/new', 'public', z.strictObject({ identifier: line() }), (context, { identifier }) =>
    askNewLink(context, identifier),
  ),
  get('/new/sent', 'public', nothing, (context) => page(newSentView, { next: askAgainIn(context) })),
  get('/:token', 'public', Token, (context, { token }) => showLink(context, token)),
  post(
    '/:token',
    'public',
    z.strictObject({ ...Token.shape, ...fieldsOf(steps), email: line() }),
    (context, { token, ...form }) => answerLink(context, token, form as Form),
  ),
  post('/:token/switch', 'public', Token, async (context, { token }) => {
    await switchPerson(context)
    return see(`/activation/${token}`)
  }),
]
