import { isOwnPeople } from '../../tenancy/person.ts'
import { wordsFor } from '../../platform/i18n/words.ts'
import { choicesFor } from '../../tenancy/own-people.ts'
import { sendMail, sendSmsText } from '../../tenancy/outbox.ts'
import type { Context } from '../../tenancy/context.ts'
import type { Account } from '../../identity/accounts/index.ts'
import { record } from '../../identity/audit/index.ts'
import { mayText, numberOf } from '../../identity/factors/index.ts'
import { issueLink } from '../../identity/tokens/index.ts'
import { recoveryActions } from './audit-actions.ts'
import { resetAskedMail, resetCancelledMail, resetWaitsMail } from './mails.ts'
import { endRecovery, type Fresh } from './save.ts'
import { closeRequest, putRequest } from './store.ts'

/** A request nobody did anything with is over after this. Longer than the longest wait a firm may choose. */
export const keptFor = 'P14D'

/**
 * Begins to wait: for time, where the firm allows that and there is something to save, or for two people of the firm.
 * Says so at once to mail address and old number, each with a way to stop it. Takes the place of an earlier request.
 */
export async function request(context: Context, account: Account, fresh: Fresh | null): Promise<void> {
  const { also, delay } = choicesFor(context.services.modules, context.policy, isOwnPeople(account)).recovery
  await endRecovery(context, account.id)
  const [id, kind] = [crypto.randomUUID(), fresh ? ('number' as const) : ('link' as const)]
  const dueAt = fresh && also === 'oldPhoneOrDelay' ? context.from(delay) : null
  const seal = (column: string, text: string | null | undefined) =>
    text ? context.tenant.vault.seal(context.associatedData('recovery_request', column, id), text) : null
  const [password, number] = [seal('password', fresh?.hash), seal('number', fresh?.number)]
  await putRequest(context, { id, accountId: account.id, kind, password, number, dueAt })
  await record(context, recoveryActions.requested, { subject: account.id, detail: { kind } })
  await tell(context, account, dueAt)
}

async function tell(context: Context, account: Account, dueAt: Date | null): Promise<void> {
  const kind = dueAt ? resetWaitsMail : resetAskedMail
  const link = `/recovery/cancel/${await issueLink(context, account.id, 'resetCancel', keptFor)}`
  const when = dueAt ? wordsFor(account.language, context.policy.zone).dateTime(dueAt) : ''
  await sendMail(context, account, { kind, params: { name: account.name, when }, link })
  const number = await numberOf(context, account.id)
  if (number && mayText(context, number))
    await sendSmsText(context, { id: account.id, number, language: account.language }, kind, {
      params: { name: account.name, when },
      link,
    })
}

/**
 * Stops a request: by the person, from the mail or SMS, or by somebody of the firm.
 * @returns whether there was still something to stop
 */
export async function cancel(context: Context, account: Account, id: string, by: string | null): Promise<boolean> {
  if (!(await closeRequest(context, id, 'cancelled_at', by))) return false
  await endRecovery(context, account.id)
  await record(context, recoveryActions.cancelled, { subject: account.id, actor: by ?? account.id })
  await sendMail(context, account, { kind: resetCancelledMail, params: { name: account.name } })
  return true
}
