import { z } from 'zod'
import { bytes, part, see } from '../../platform/http/answer.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { Given } from '../../tenancy/manifest.ts'
import { get, nothing, post, type Route } from '../../tenancy/route.ts'
import { addressOf } from '../../tenancy/steps.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { lookView, qrPicture } from '../../identity/factors/index.ts'
import {
  current,
  fieldsOf,
  kindsOf,
  stateHere,
  type FlowState,
  type Form,
  type Step,
} from '../../identity/flow/index.ts'
import { start } from './arrive.ts'
import { post as answer, show } from './wizard.ts'

const At = z.strictObject({ step: z.string().regex(/^[a-z][a-z0-9-]*$/) })
const Start = z.strictObject({ flow: z.literal('strengthen').default('strengthen') })

/** Where somebody is who is at a step of this kind; else nowhere. */
async function at(context: PersonContext, kind: Step): Promise<FlowState | null> {
  const state = await stateHere(context)
  return state && current(state)?.step === kind.name ? state : null
}

/** The picture of a step, for who is there. */
const picture = (kind: Step): Route =>
  get(`/${addressOf(kind)}.png`, 'enrolling', nothing, async (context) => {
    const state = await at(context, kind)
    const text = state && (await kind.picture?.(state))
    if (!text) throw notFound()
    return bytes('image/png', await qrPicture(text))
  })

/** Asked again and again by the page of a step that waits for another device. */
function look(kind: Step): Route {
  const address = `/${addressOf(kind)}-look`
  return get(address, 'enrolling', nothing, async (context) => {
    const state = await stateHere(context)
    const go = !state || (await kind.look?.(state)) !== false
    return part(lookView, { look: `/onboarding${address}`, go })
  })
}

/**
 * Every step may set up or show a factor, so whoever is signed in already shows first, at each of them, who they are.
 */
export const routes = ({ steps }: Given): Route[] => {
  const { all } = kindsOf({ modules: { steps } })
  return [
    get('/', 'enrolling', nothing, async (context) => {
      const state = await stateHere(context)
      const step = state && current(state)
      return see(step ? `/onboarding/${step.id}` : '/home')
    }),
    post('/start', 'steppedUp', Start, async (context, { flow }) => {
      await start(context, flow)
      return see('/onboarding')
    }),
    ...all.filter((kind) => kind.picture).map(picture),
    ...all.filter((kind) => kind.look).map(look),
    get('/:step', 'enrolling', At, (context, { step }) => show(context, step)),
    post('/:step', 'enrolling', z.strictObject({ ...At.shape, ...fieldsOf(steps) }), (context, { step, ...form }) =>
      answer(context, step, form as Form),
    ),
  ]
}
