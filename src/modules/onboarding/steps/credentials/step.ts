import { issueTemporaryPassword, mayGo } from '../../../../identity/tokens/index.ts'
import { wordsFor } from '../../../../platform/i18n/words.ts'
import { sendMail, signInAddress } from '../../../../tenancy/outbox.ts'
import { identifierDetails } from '../../../../identity/accounts/index.ts'
import { record } from '../../../../identity/audit/index.ts'
import { mark, defineStep, type FlowState } from '../../../../identity/flow/index.ts'
import { credentialsMail } from '../../mails.ts'
import { onboardingActions } from '../../audit-actions.ts'

/**
 * Mails address, user name and a temporary password that opens only the step of choosing one's own. The one before is
 * dead.
 */
export async function mailCredentials(state: FlowState): Promise<void> {
  const { context, account } = state
  const lifetime = context.policy.links.temporaryPassword
  const password = await issueTemporaryPassword(context, account.id, context.from(lifetime))
  await sendMail(context, account, {
    kind: credentialsMail,
    link: signInAddress(account.language),
    notAfter: context.from(lifetime),
    details: { ...identifierDetails(context.policy, account), password },
    params: {
      name: account.name,
      lifetime: wordsFor(account.language, context.policy.zone).duration(lifetime),
    },
  })
  await record(context, onboardingActions.credentialsMailed, { subject: account.id, actor: account.id })
}

/** Mailing the sign-in data: happens by itself when somebody gets here. */
export const credentials = defineStep({
  name: 'credentials',
  choices: {},
  says: 'mails the user name and a temporary password',
  features: ['temporaryPassword'],
  check(_step, { after, kinds, flow }) {
    const used = after.findIndex((step) => kinds.of(step).spends?.(step) === 'temporaryPassword')
    const own = after.slice(used + 1).some((step) => kinds.of(step).features?.includes('password'))
    return used >= 0 && own
      ? []
      : [
          {
            path: `onboarding.${flow}`,
            reason:
              'after "credentials" there must be { "step": "signIn", "with": "temporary" } and then "password", or the mailed password has no use',
          },
        ]
  },
  fields: {},
  opens: false,
  done: (facts, step) => facts.hasPassword || facts.marks[step.id]?.outcome === 'done',
  async automatic(state, step) {
    // The first one goes whatever was asked before; it counts, so that the next one comes a while after it.
    await mayGo(state.context, 'credentials', state.account.emailLookup)
    await mailCredentials(state)
    await mark(state, step, 'done')
  },
  show: () => {
    throw new Error('this step has no page')
  },
  answer: () => {
    throw new Error('this step has no form')
  },
})
