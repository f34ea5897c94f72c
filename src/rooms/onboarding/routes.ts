import { z } from 'zod'
import { bytes, see } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import { get, nothing, post, type Route } from '../../tenancy/door.ts'
import { qrPicture } from '../factors/index.ts'
import { current, post as answer, show, start, walkHere } from './engine.ts'
import { pictureText } from './steps/authenticator.ts'
import { allFields } from './steps/registry.ts'

const Step = z.strictObject({ step: z.string().regex(/^[a-z][a-z0-9-]*$/) })
const Answer = z.strictObject({ ...Step.shape, ...allFields })
const Start = z.strictObject({ track: z.literal('strengthen').default('strengthen') })
/** How long after signing in a factor may be changed without signing in again (the step-up of security.md). */
const fresh = 'PT5M'

export const routes: Route[] = [
  get('/', 'onboarding', nothing, async (visit) => {
    const walk = await walkHere(visit)
    const step = walk && current(walk)
    return see(step ? `/onboarding/${step.id}` : '/home')
  }),
  post('/start', 'signedIn', Start, async (visit, { track }) => {
    if (visit.session.authenticatedAt && visit.session.authenticatedAt < visit.ago(fresh)) {
      visit.browser.keep('back', '/home')
      visit.browser.keep('notice', 'onboarding.start.signInAgain')
      return see('/sign-in')
    }
    await start(visit, track)
    return see('/onboarding')
  }),
  get('/authenticator.png', 'onboarding', nothing, async (visit) => {
    const walk = await walkHere(visit)
    if (!walk || current(walk)?.step !== 'authenticator') throw notFound()
    return bytes('image/png', await qrPicture(pictureText(walk)))
  }),
  get('/:step', 'onboarding', Step, (visit, { step }) => show(visit, step)),
  post('/:step', 'onboarding', Answer, (visit, { step, ...form }) => answer(visit, step, form as never)),
]
