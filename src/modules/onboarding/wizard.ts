import { page, see, type Answer } from '../../platform/http/answer.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { record } from '../../identity/audit/index.ts'
import { current, howFar, isEnd, stateHere, type Closed, type FlowState, type Form } from '../../identity/flow/index.ts'
import { killOneTime } from '../../identity/tokens/index.ts'
import { endSession, stillHere } from '../../identity/sessions/index.ts'
import { postStep, stepPage, type At, type Wizard } from '../wizard/index.ts'
import { conclude } from './conclude.ts'
import { goOn, isActivation, landingOf, leave } from './leave.ts'
import { closedView } from './views.ts'

/** Too many tries: the link dies and the firm's people see why. */
async function close({ context, account }: FlowState, { reason, action }: Closed): Promise<Answer> {
  await killOneTime(context, account.id, 'activation')
  await record(context, action, {
    subject: account.id,
    actor: account.id,
    outcome: 'refused',
  })
  await endSession(context)
  return page(closedView, { reason }, 403)
}

/** The pages of the flows of an account: its activation, making it stronger, and what the firm asks by now. */
export const onboardingWizard: Wizard<FlowState> = {
  address: (_state, step) => (step ? `/onboarding/${step.id}` : '/onboarding'),
  progress: howFar,
  closed: close,
  async passed(state, step) {
    if (isEnd(state, step)) return leave(state, landingOf(step))
    const after = await conclude(state, step)
    return goOn(after.state, after.next)
  },
}

/** The step of the flow that belongs to this session. */
async function here(context: PersonContext, lock: boolean): Promise<At<FlowState> | null> {
  const state = await stateHere(context, { lock })
  const step = state && current(state)
  return state && step && { state, step }
}

/** POST of a step: judged when it is where the person is. */
export const post = (context: PersonContext, id: string, form: Form): Promise<Answer> =>
  postStep(
    onboardingWizard,
    context,
    { of: id, form },
    {
      look: (outside) => here(outside, false),
      async lock(inner) {
        if (!(await stillHere(inner, ['onboarding', 'signedIn']))) return see('/sign-in')
        return (await here(inner, true)) ?? see('/home')
      },
    },
  )

/** Whether there is nothing to show: the end of an activation is a page only as long as nobody is signed in. */
const isOver = ({ session }: PersonContext, { state, step }: At<FlowState>): boolean =>
  session.level === 'signedIn' && isEnd(state, step) && isActivation(state)

/** GET of a step: its page when the person is there, else the way to where they are. Changes nothing. */
export async function show(context: PersonContext, id: string): Promise<Answer> {
  const at = await here(context, false)
  if (!at || isOver(context, at)) return see('/home')
  const { state, step } = at
  return step.id === id ? stepPage(onboardingWizard, state, step) : see(onboardingWizard.address(state, step))
}
