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

export const routes: Route[] = [
  get('/', 'onboarding', nothing, async (visit) => {
    const walk = await walkHere(visit)
    const step = walk && current(walk)
    return see(step ? `/onboarding/${step.id}` : '/home')
  }),
  post('/start', 'steppedUp', Start, async (visit, { track }) => {
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
