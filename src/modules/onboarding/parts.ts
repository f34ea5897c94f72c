import type { FieldErrors } from '../../platform/http/answer.ts'
import { line, proof, secret } from '../../tenancy/route.ts'
import { sendNotice } from '../../identity/notices/index.ts'
import { record } from '../../identity/audit/index.ts'
import { provePassword } from '../../identity/challenge/index.ts'
import {
  answerNumber,
  askNumber,
  enrolPhone,
  isWaiting,
  numberAsked,
  type NumberWaiting,
} from '../../identity/factors/index.ts'
import {
  done,
  mistake,
  stage,
  staged,
  stay,
  text,
  unstage,
  type FlowState,
  type Form,
  type Outcome,
} from '../../identity/flow/index.ts'
import { passwordNotices, storePassword, type TypedPassword } from '../../identity/passwords/index.ts'
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
  await sendNotice(context, account, passwordNotices.changed)
}

export const presentWrong: FieldErrors = { current: { key: 'onboarding.password.currentWrong' } }
/**
 * What is wrong with the password somebody has now, where a step asks it beside what it sets: counted before it is
 * judged, so that whoever finds the page open does not guess it.
 */
export async function presentMistakes({ context, account }: FlowState, typed: string): Promise<FieldErrors> {
  const { right, wait } = await provePassword(context, account.id, typed)
  if (wait) return { current: { key: 'step-up.wait', params: { seconds: wait } } }
  return right ? {} : presentWrong
}

/** The number of this flow is kept aside, encrypted, until the code is right. */
export const numberIn = async (state: FlowState): Promise<NumberWaiting> => ({
  number: await staged(state, 'phone'),
  save: (number) => stage(state, 'phone', number),
  drop: () => unstage(state),
})

/** What the pages of a number show: the end of it and the moment of the next code, where one waits. */
export async function phoneShown({ context, account }: FlowState, waiting: NumberWaiting) {
  const { lifetime } = context.policy.codes
  return isWaiting(waiting) ? numberAsked(context, account, waiting.number) : { lastTwo: null, next: null, lifetime }
}

/** A number that was typed: its code goes out. */
export async function phoneTyped(
  { context, account }: FlowState,
  waiting: NumberWaiting,
  number: string,
): Promise<Outcome> {
  const wrong = await askNumber(context, account, waiting, number)
  return wrong ? mistake(wrong) : stay()
}

/** The page that asks for the code; the right one makes the number count, with what else was waiting. */
export async function phoneAnswered(
  state: FlowState,
  waiting: NumberWaiting & { number: string },
  form: Form,
  first?: () => Promise<void>,
): Promise<Outcome> {
  const { context, account } = state
  const answer = await answerNumber(context, account, waiting, { act: text(form, 'act'), code: text(form, 'code') })
  if (answer.outcome === 'wrong') return mistake(answer.errors)
  if (answer.outcome !== 'right') return stay('notice' in answer ? answer.notice : undefined)
  await first?.()
  await enrolPhone(context, account, waiting.number)
  await unstage(state)
  return done
}
