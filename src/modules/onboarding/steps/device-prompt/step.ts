import { page } from '../../../../platform/http/answer.ts'
import { devicePromptView } from '../../views.ts'
import { skippable } from '../../../../tenancy/steps.ts'
import { line } from '../../../../tenancy/route.ts'
import type { PersonContext } from '../../../../tenancy/context.ts'
import {
  devicePrompt as devicePromptFactor,
  isEnrolled,
  joinOffered,
  offerJoin,
  type Join,
} from '../../../../identity/factors/index.ts'
import {
  done,
  mark,
  mistake,
  stay,
  stepsAside,
  text,
  unmark,
  defineStep,
  type FlowState,
} from '../../../../identity/flow/index.ts'

/**
 * What the mark says as long as the picture is shown: the other device may be there, the person has not gone on yet.
 */
const shown = 'shown'

/** The link that waits for another device, and the address its picture says. */
const joinHere = (state: FlowState): Promise<Join | null> => joinOffered(state.context as PersonContext)

/**
 * Making another device one that approves: by a picture and a number. The link is made by a press, and the step is done
 * by a press too: what follows from it is not done behind the back of who sits here.
 */
export const devicePrompt = defineStep({
  name: 'devicePrompt',
  aliases: ['approval'],
  samples: () => import('./samples.ts'),
  choices: { ...skippable },
  setsUp: () => devicePromptFactor.name,
  about: 'secondFactor',
  fields: { act: line() },
  opens: false,
  done: (facts, step) => isEnrolled(devicePromptFactor, facts.factors) && facts.marks[step.id]?.value !== shown,
  show: async (state, step, form) =>
    page(devicePromptView, {
      ...form,
      optional: step.optional,
      choice: Boolean(step.chosen),
      there: isEnrolled(devicePromptFactor, state.facts.factors),
      join: await joinHere(state),
      picture: '/onboarding/approval.png',
      look: '/onboarding/approval-look',
    }),
  picture: async (state) => (await joinHere(state))?.link ?? null,
  look: async (state) => !(await joinHere(state)),
  async answer(state, step, form) {
    if (isEnrolled(devicePromptFactor, state.facts.factors)) {
      await unmark(state, step)
      return done
    }
    const aside = await stepsAside(state, step, form)
    if (aside) return aside
    if (text(form, 'act') !== 'show') return mistake({ '': { key: 'onboarding.device-prompt.notYet' } })
    await offerJoin(state.context as PersonContext)
    await mark(state, step, 'done', shown)
    return stay()
  },
})
