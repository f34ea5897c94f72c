import { z } from 'zod'
import { bytes, part, see } from '../../platform/answer.ts'
import { notFound } from '../../platform/errors.ts'
import { get, nothing, post, type Route } from '../../tenancy/door.ts'
import { qrPicture } from '../factors/index.ts'
import { post as answer, show, start } from './engine.ts'
import { current, walkHere } from './here.ts'
import { joinHere } from './steps/approval.ts'
import { pictureText } from './steps/authenticator.ts'
import { allFields } from './steps/registry.ts'

const Step = z.strictObject({ step: z.string().regex(/^[a-z][a-z0-9-]*$/) })
const Answer = z.strictObject({ ...Step.shape, ...allFields })
const Start = z.strictObject({ track: z.literal('strengthen').default('strengthen') })

/** Every step may set up or show a factor, so whoever is signed in already shows first, at each of them, who they are. */
export const routes: Route[] = [
  get('/', 'enrolling', nothing, async (visit) => {
    const walk = await walkHere(visit)
    const step = walk && current(walk)
    return see(step ? `/onboarding/${step.id}` : '/home')
  }),
  post('/start', 'steppedUp', Start, async (visit, { track }) => {
    await start(visit, track)
    return see('/onboarding')
  }),
  get('/authenticator.png', 'enrolling', nothing, async (visit) => {
    const walk = await walkHere(visit)
    if (!walk || current(walk)?.step !== 'authenticator') throw notFound()
    return bytes('image/png', await qrPicture(pictureText(walk)))
  }),
  get('/approval.png', 'enrolling', nothing, async (visit) => {
    const walk = await walkHere(visit)
    const join = walk && current(walk)?.step === 'approval' ? await joinHere(walk) : null
    if (!join) throw notFound()
    return bytes('image/png', await qrPicture(join.link))
  }),
  get('/approval-look', 'enrolling', nothing, async (visit) => {
    const walk = await walkHere(visit)
    return part('factors/part-look', { look: '/onboarding/approval-look', go: !walk || !(await joinHere(walk)) })
  }),
  get('/:step', 'enrolling', Step, (visit, { step }) => show(visit, step)),
  post('/:step', 'enrolling', Answer, (visit, { step, ...form }) => answer(visit, step, form as never)),
]
