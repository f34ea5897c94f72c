import { again, page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import type { Context } from '../../tenancy/context.ts'
import { readEmail } from '../../identity/accounts/index.ts'
import { proveAddress } from '../../identity/challenge/index.ts'
import { spend } from '../../identity/tokens/index.ts'
import { request } from './request.ts'
import { openRecovery, stepHere, type Recovery } from './state.ts'
import { isAtFactor } from './steps/factor/step.ts'
import { noneView, waitingView } from './views.ts'
import { gonePage } from './wizard.ts'

/** It can be asked only where a factor is the one thing missing. */
const mayAsk = (state: Recovery): boolean => isAtFactor(stepHere(state))

const askPage = ({ token, policy: { recovery } }: Recovery, email = ''): Page =>
  page(noneView, {
    action: `/recovery/${token}/none`,
    back: `/recovery/${token}`,
    phone: recovery.phone,
    delay: recovery.also === 'oldPhoneOrDelay' ? recovery.delay : null,
    values: { email },
  })

/** "I have none of these any more": what is going to happen then. */
export async function showAskRelease(context: Context, token: string): Promise<Answer> {
  const state = await openRecovery(context, token)
  if ('gone' in state) return gonePage(state)
  return mayAsk(state) ? askPage(state) : see(`/recovery/${token}`)
}

/** Asks for it, with the mail address typed as the link cannot do by itself; the link is spent. */
export async function askRelease(context: Context, token: string, email: string): Promise<Answer> {
  return context.transaction(async (inner) => {
    const state = await openRecovery(inner, token, { lock: true })
    if ('gone' in state) return state.gone === 'used' ? see('/recovery/waiting') : gonePage(state)
    if (!mayAsk(state)) return see(`/recovery/${token}`)
    const read = readEmail(email)
    if (!read.ok) return again(askPage(state, email), { email: { key: read.key } })
    if (!(await proveAddress(inner, state.linkId, read.lookup, state.account.emailLookup)).right)
      return again(askPage(state, email), { email: { key: 'recovery.email.wrong' } })
    if (await spend(inner, state.linkId)) await request(inner, state.account, waitingIn(state))
    const alone = state.policy.recovery.also === inner.policy.recovery.also
    return see(alone ? '/recovery/waiting' : '/recovery/waiting?by=people')
  })
}

/** What is to be saved when it is granted: password and number, where both wait. */
function waitingIn({ facts: { waiting } }: Recovery): { hash: string; number: string } | null {
  const { hash, number } = waiting
  return hash !== null && number !== null ? { hash, number } : null
}

/** What happens now. @param byPeople only people of the firm let them in, also where a client's wait ends by itself */
export const waitingPage = ({ policy: { recovery } }: Context, byPeople: boolean): Page =>
  page(waitingView, {
    phone: recovery.phone && !byPeople,
    delay: recovery.also === 'oldPhoneOrDelay' && !byPeople ? recovery.delay : null,
  })
