import { z } from 'zod'
import { page, part } from '../../platform/http/answer.ts'
import { get, id, line, nothing, post, withoutStepUp, type Route } from '../../tenancy/route.ts'
import { lookView, stillWaits } from '../../identity/factors/index.ts'
import { answer, approvePage, saveSubscriptions, look } from './approve.ts'
import { join, showJoin } from './join.ts'
import { answeredView, outcomes } from './views.ts'

const Token = z.strictObject({ token: z.string().max(100) })

/**
 * Approving on this device what was asked on another. Whoever asks gave the password; the device is known by its
 * cookie, and shows nothing else.
 */
export const routes: Route[] = withoutStepUp(
  'the device is known by its own cookie, or comes by a link that a stepped-up session made',
  [
    get('/', 'public', nothing, approvePage),
    post('/', 'public', z.strictObject({ id: id(), number: line() }), answer),
    get('/look', 'public', nothing, look),
    get('/waiting', 'public', nothing, async (context) =>
      part(lookView, { look: '/approve/waiting', go: !(await stillWaits(context)) }),
    ),
    post('/push', 'public', z.strictObject({ subscription: line() }), (context, { subscription }) =>
      saveSubscriptions(context, subscription),
    ),
    get('/join/:token', 'public', Token, (context, { token }) => showJoin(context, token)),
    post('/join/:token', 'public', Token.extend({ number: line() }), (context, { token, number }) =>
      join(context, token, number),
    ),
    get('/:outcome', 'public', z.strictObject({ outcome: z.enum(outcomes) }), (_, { outcome }) =>
      page(answeredView, { outcome }),
    ),
  ],
)
