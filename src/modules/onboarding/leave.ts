import { see, type Answer } from '../../platform/http/answer.ts'
import type { PlacedStep } from '../../tenancy/policy.ts'
import type { PersonContext } from '../../tenancy/context.ts'
import { identifierOf, signedIn } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { isEnd, openStricter, putOff, type FlowState } from '../../identity/flow/index.ts'
import { endSession, raiseSession, sessionActions } from '../../identity/sessions/index.ts'

export const isActivation = ({ progress }: FlowState): boolean => progress.flow === 'activation'

/** Where the end leads, as the firm wrote it down. */
export const landingOf = (step: PlacedStep): 'home' | 'signIn' =>
  'landing' in step && step.landing === 'signIn' ? 'signIn' : 'home'

/**
 * On to the next step; at the end of one flow to what else is asked; and, when all is there or the rest was put off,
 * in.
 */
export async function goOn(state: FlowState, next: PlacedStep | null): Promise<Answer> {
  const { context, account } = state
  const later = putOff(state)
  if (next && !isEnd(state, next)) return see(`/onboarding/${next.id}`)
  const activation = isActivation(state)
  const more = activation ? await openStricter(context, account.id, undefined, later) : null
  if (more) return see(`/onboarding/${more.id}`)
  if (activation && next && !later) return see(`/onboarding/${next.id}`)
  if (next && !later) context.browser.flash('onboarding.done.strengthened')
  return leave(state, 'home')
}

/** Out of the onboarding: into the portal, or to the sign-in page. */
export async function leave({ context, account }: FlowState, landing: 'home' | 'signIn'): Promise<Answer> {
  const here = context as PersonContext
  if (here.session.level === 'signedIn') return see('/home')
  if (landing === 'signIn') {
    await endSession(context)
    context.renewSession()
    context.browser.set('identifier', identifierOf(context.policy, account))
    context.browser.flash('onboarding.done.signInNow')
    return see('/sign-in')
  }
  await raiseSession(here, 'signedIn')
  await signedIn(context, here.person.id)
  await record(context, sessionActions.signedIn, {})
  return see('/home')
}
