import { page } from '../../../platform/http/answer.ts'
import { line } from '../../../tenancy/route.ts'
import type { PersonContext } from '../../../tenancy/context.ts'
import { joinOffered, offerJoin, type Join } from '../../../identity/factors/index.ts'
import { done, mark, mistake, stay, stepsAside, text, unmark, type Step, type Walk } from '../step.ts'
import { approvalView } from '../views.ts'

/** What the mark says as long as the picture is shown: the other device may be there, the person has not gone on yet. */
const shown = 'shown'

/** The link that waits for another device, and the address its picture says. */
export const joinHere = (walk: Walk): Promise<Join | null> => joinOffered(walk.context as PersonContext)

/**
 * Making another device one that approves: by a picture and a number. The link is made by a press, and the step is done
 * by a press too: what follows from it is not done behind the back of who sits here.
 */
export const approval: Step<'approval'> = {
  aboutSecondFactor: true,
  fields: { act: line() },
  opens: false,
  done: (facts, step) => facts.factors.approval && facts.marks[step.id]?.value !== shown,
  show: async (walk, step, form) =>
    page(approvalView, {
      ...form,
      optional: step.optional,
      choice: Boolean(step.chosen),
      there: walk.facts.factors.approval,
      join: await joinHere(walk),
      picture: '/onboarding/approval.png',
      look: '/onboarding/approval-look',
    }),
  async answer(walk, step, form) {
    if (walk.facts.factors.approval) {
      await unmark(walk, step)
      return done
    }
    const aside = await stepsAside(walk, step, form)
    if (aside) return aside
    if (text(form, 'act') !== 'show') return mistake({ '': { key: 'onboarding.approval.notYet' } })
    await offerJoin(walk.context as PersonContext)
    await mark(walk, step, 'done', shown)
    return stay()
  },
}
