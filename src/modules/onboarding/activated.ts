import { sendMail, signInAddress, type MailDetails } from '../../tenancy/outbox.ts'
import { identifierDetails } from '../../identity/accounts/index.ts'
import { factorOf, usable } from '../../identity/factors/index.ts'
import type { FlowState } from '../../identity/flow/index.ts'
import { composedKey } from '../../platform/i18n/texts.ts'
import { activatedMail } from './mails.ts'

/** The factors by which somebody gives their second step, in words; nothing where none is asked. */
function secondStep({ context, facts, account }: FlowState): MailDetails {
  const { texts } = context.services.presentation(context.tenant)
  const ways = usable(context, context.policy, facts.factors)
    .filter((name) => factorOf(context, name).kind !== 'backup')
    .map((name) => texts.translator(account.language)(composedKey(`factors.name.${name}`)))
  const [first = '', ...others] = new Intl.ListFormat(account.language, { type: 'disjunction' })
    .formatToParts(ways)
    .map(({ value }) => value)
  // In the middle of a list only the first word has a capital.
  return ways.length
    ? {
        secondStep:
          first +
          others.map((word) => (ways.includes(word) ? word.charAt(0).toLowerCase() + word.slice(1) : word)).join(''),
      }
    : {}
}

/**
 * Tells somebody whose account has just become active where and how they sign in from now on. Holds no secret, so that
 * it can be kept. In the transaction of the last step.
 */
export async function sendActivated(state: FlowState): Promise<void> {
  const { context, account } = state
  await sendMail(context, account, {
    kind: activatedMail,
    link: signInAddress(account.language),
    params: { name: account.name, by: context.policy.signIn.identifier },
    details: { address: context.tenant.origin, ...identifierDetails(context.policy, account), ...secondStep(state) },
  })
}
