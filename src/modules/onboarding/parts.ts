import { line, proof, secret } from '../../tenancy/route.ts'
import type { FieldErrors } from '../../platform/http/answer.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import { record } from '../../identity/audit/index.ts'
import {
  checkSentCode,
  nextCodeTo,
  savePhone,
  sendCodeTo,
  unsentError,
  type FactorVerdict,
  phoneActions,
} from '../../identity/factors/index.ts'
import { stage, staged, text, unstage, type FlowState, type Form } from '../../identity/flow/index.ts'
import { storePassword, type TypedPassword } from '../../identity/passwords/index.ts'
import { trustAgain } from '../../identity/sessions/index.ts'
import { onboardingActions } from './audit-actions.ts'

/** The password and phone parts of a form, whether each stands alone or both stand together. */

export const passwordFields = { password: secret(), repeat: secret() }
export const phoneFields = { phone: line(), code: proof() }

/** What was typed into the password part. */
export const typedPassword = (form: Form): TypedPassword => ({
  password: text(form, 'password'),
  repeat: text(form, 'repeat'),
})

/** Saves the password somebody chose, and says so. The computer they chose it at stays trusted. */
export async function savePassword({ context, account, progress }: FlowState, hash: string): Promise<void> {
  await trustAgain(context, account.id, () => storePassword(context, account.id, hash, progress.policyVersion))
  await record(context, onboardingActions.passwordChosen, { subject: account.id, actor: account.id })
  await sendNotice(context, account, 'passwordChanged')
}

/** Where the code for this number stands: the number is kept aside, encrypted, until the code is right. */
export async function pendingPhone(state: FlowState): Promise<{ number: string; lastTwo: string } | null> {
  const number = await staged(state, 'phone')
  return number ? { number, lastTwo: number.slice(-2) } : null
}

/** Sends a code to the number and keeps it aside. Where none can go out it says why, unless one just went to the same number. */
export async function askCode(state: FlowState, number: string): Promise<FieldErrors | null> {
  const before = await staged(state, 'phone')
  const unsent = await sendCodeTo(state.context, state.account, 'phoneCode', number)
  if (unsent && !(unsent.reason === 'recent' && before === number)) return { phone: unsentError(unsent) }
  await stage(state, 'phone', number)
  return null
}

/** Once more to the same number. @returns the notice to show */
export async function sendAgain(state: FlowState): Promise<string | FieldErrors> {
  const pending = await pendingPhone(state)
  if (!pending) return 'onboarding.phone.gone'
  const unsent = await sendCodeTo(state.context, state.account, 'phoneCode', pending.number)
  return unsent ? { code: unsentError(unsent) } : 'onboarding.code.sent'
}

/** In how many seconds another code can be asked; null: now. */
export const nextCode = (state: FlowState, number: string): Promise<number | null> =>
  nextCodeTo(state.context, state.account, 'phoneCode', number)

export const checkPhoneCode = ({ context, account }: FlowState, number: string, form: Form): Promise<FactorVerdict> =>
  checkSentCode(context, { accountId: account.id, purpose: 'phoneCode', target: number }, text(form, 'code'))

/** Saves the number whose code was right, and wipes what was kept aside. */
export async function saveConfirmedPhone(state: FlowState, number: string): Promise<void> {
  const { context, account } = state
  await savePhone(context, account.id, number)
  await unstage(state)
  await record(context, phoneActions.confirmed, { subject: account.id, actor: account.id })
  await sendNotice(context, account, 'phoneChanged')
}
