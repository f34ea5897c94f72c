import { z } from 'zod'
import { bytes, part, see } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import { get, nothing, post, type Route } from '../../tenancy/route.ts'
import { lookView, qrPicture } from '../../identity/factors/index.ts'
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
  get('/', 'enrolling', nothing, async (context) => {
    const walk = await walkHere(context)
    const step = walk && current(walk)
    return see(step ? `/onboarding/${step.id}` : '/home')
  }),
  post('/start', 'steppedUp', Start, async (context, { track }) => {
    await start(context, track)
    return see('/onboarding')
  }),
  get('/authenticator.png', 'enrolling', nothing, async (context) => {
    const walk = await walkHere(context)
    if (!walk || current(walk)?.step !== 'authenticator') throw notFound()
    return bytes('image/png', await qrPicture(pictureText(walk)))
  }),
  get('/approval.png', 'enrolling', nothing, async (context) => {
    const walk = await walkHere(context)
    const join = walk && current(walk)?.step === 'approval' ? await joinHere(walk) : null
    if (!join) throw notFound()
    return bytes('image/png', await qrPicture(join.link))
  }),
  get('/approval-look', 'enrolling', nothing, async (context) => {
    const walk = await walkHere(context)
    return part(lookView, { look: '/onboarding/approval-look', go: !walk || !(await joinHere(walk)) })
  }),
  get('/:step', 'enrolling', Step, (context, { step }) => show(context, step)),
  post('/:step', 'enrolling', Answer, (context, { step, ...form }) => answer(context, step, form as never)),
]
