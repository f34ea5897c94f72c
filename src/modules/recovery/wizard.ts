import { page, see, type Answer, type Page } from '../../platform/http/answer.ts'
import type { Context } from '../../tenancy/context.ts'
import { identifierOf } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { answeredBefore, proceed, rememberAnswered, type Form } from '../../identity/flow/index.ts'
import { endSession, knowBrowser } from '../../identity/sessions/index.ts'
import { spend } from '../../identity/tokens/index.ts'
import { postStep, stepPage, type Wizard } from '../wizard/index.ts'
import { saveFresh } from './save.ts'
import { openRecovery, refreshed, stepHere, type Gone, type Recovery } from './state.ts'
import { goneView } from './views.ts'

/** The page for a link that opens nothing any more, and says why. Never who it was for. */
export const gonePage = ({ gone }: Pick<Gone, 'gone'>): Page =>
  page(goneView, { state: gone }, gone === 'unknown' ? 404 : 410)

/** The pages of a way back: all at the address of the link, each form with the step it was made for. */
const recoveryWizard: Wizard<Recovery> = {
  address: ({ token }) => `/recovery/${token}`,
  async passed(state) {
    const after = await proceed(await refreshed(state), refreshed)
    return after.next ? see(recoveryWizard.address(after.state)) : save(after.state)
  },
  async closed({ context, account }, { action }) {
    await record(context, action, { subject: account.id, outcome: 'refused' })
    return gonePage({ gone: 'closed' })
  },
}

/** Opening the link: shows, and changes nothing, however often and by whatever program it is opened. */
export async function showRecovery(context: Context, token: string): Promise<Answer> {
  const state = await openRecovery(context, token)
  return 'gone' in state ? gonePage(state) : stepPage(recoveryWizard, state, stepHere(state))
}

/**
 * The form on the link: judged where the person is, and saved as soon as nothing is missing.
 * @param at the step it was made for; '' where it does not say
 */
export async function answerRecovery(context: Context, token: string, at: string, form: Form): Promise<Answer> {
  const sent = { of: at || null, form }
  return postStep(recoveryWizard, context, sent, {
    async look(outside) {
      const state = await openRecovery(outside, token)
      return 'gone' in state ? null : { state, step: stepHere(state) }
    },
    async lock(inner) {
      const state = await openRecovery(inner, token, { lock: true })
      if (!('gone' in state)) return { state, step: stepHere(state) }
      if (state.accountId && (await answeredBefore(inner, state.accountId))) return signInNow(inner, null)
      return gonePage(state)
    },
  })
}

/** Spends the link and saves; of many forms at the same moment one does. */
async function save({ context, linkId, account, policy, facts }: Recovery): Promise<Answer> {
  const { hash, number } = facts.waiting
  if (hash === null) throw new Error('a way back without a new password')
  if (!(await spend(context, linkId))) return gonePage({ gone: 'used' })
  await saveFresh(context, account, { hash, number: policy.recovery.phone ? number : null, lost: facts.released })
  await rememberAnswered(context, account.id)
  // Link, mailbox and second step were theirs: from here on nobody else's wrong passwords make this browser wait.
  await knowBrowser(context, account.id)
  return signInNow(context, identifierOf(context.policy, account))
}

/** To the sign-in page with good news. Whoever was signed in at this computer is not any more. */
async function signInNow(context: Context, identifier: string | null | undefined): Promise<Answer> {
  await endSession(context)
  context.renewSession()
  if (identifier) context.browser.set('identifier', identifier)
  context.browser.flash('recovery.saved')
  return see('/sign-in')
}
