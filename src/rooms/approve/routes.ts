import { z } from 'zod'
import { page, part } from '../../platform/answer.ts'
import { get, id, line, nothing, post, withoutStepUp, type Route } from '../../tenancy/door.ts'
import { stillWaits } from '../factors/index.ts'
import { answer, approvePage, keepWaking, look, outcomes } from './approve.ts'
import { join, showJoin } from './join.ts'

const Token = z.strictObject({ token: z.string().max(100) })

/** Approving on this device what was asked on another. Whoever asks gave the password; the device is known by its cookie, and shows nothing else. */
export const routes: Route[] = withoutStepUp(
  'the device is known by its own cookie, or comes by a link that a stepped-up session made',
  [
    get('/', 'public', nothing, approvePage),
    post('/', 'public', z.strictObject({ id: id(), number: line() }), answer),
    get('/look', 'public', nothing, look),
    get('/waiting', 'public', nothing, async (visit) =>
      part('factors/part-look', { look: '/approve/waiting', go: !(await stillWaits(visit)) }),
    ),
    post('/push', 'public', z.strictObject({ subscription: line() }), (visit, { subscription }) =>
      keepWaking(visit, subscription),
    ),
    get('/join/:token', 'public', Token, (visit, { token }) => showJoin(visit, token)),
    post('/join/:token', 'public', Token.extend({ number: line() }), (visit, { token, number }) =>
      join(visit, token, number),
    ),
    get('/:outcome', 'public', z.strictObject({ outcome: z.enum(outcomes) }), (_visit, { outcome }) =>
      page('approve/answered', { outcome }),
    ),
  ],
)
