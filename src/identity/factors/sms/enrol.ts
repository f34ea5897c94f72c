import type { PlainKey } from '../../../platform/i18n/texts.ts'
import type { FieldErrors } from '../../../platform/http/answer.ts'
import type { Context } from '../../../tenancy/context.ts'
import { record } from '../../audit/index.ts'
import { sendNotice } from '../../notices/index.ts'
import { attach, killOneTime, livingOf, openHeld, sealHeld } from '../../tokens/index.ts'
import type { Owner } from '../factor.ts'
import { unsentError } from '../sending.ts'
import { checkSentCode } from '../sent-code.ts'
import { phoneActions } from './audit-actions.ts'
import { phoneNotices } from './notices.ts'
import { nextCodeTo, sendCodeTo } from './factor.ts'
import { savePhone } from './store.ts'

/**
 * A number counts only after a code that was sent to it was typed: in an onboarding, in a profile and on a way back in.
 */
const purpose = 'phoneCode'

/**
 * Where a number waits, encrypted, until its code is right. `withCode`: with the code itself, so that it moves to each
 * new one.
 */
export interface NumberWaiting {
  number: string | null
  withCode?: boolean
  save(number: string): Promise<unknown>
  drop(): Promise<unknown>
}

export const isWaiting = <W extends NumberWaiting>(waiting: W): waiting is W & { number: string } =>
  waiting.number !== null

/** A number that waits with the code that was sent to it, and as long as that works. */
export async function numberWithCode(context: Context, { id: accountId }: Pick<Owner, 'id'>): Promise<NumberWaiting> {
  const living = () => livingOf(context, { accountId, purpose })
  const code = await living()
  return {
    number: code?.held ? openHeld(context, code.id, code.held) : null,
    withCode: true,
    async save(number) {
      const row = await living()
      if (row) await attach(context, row.id, { held: sealHeld(context, row.id, number) })
    },
    drop: () => killOneTime(context, accountId, purpose),
  }
}

/**
 * What the page that asks for the code says: of the number no more than its end; `next`: in so many seconds the code
 * can go again, null: now.
 */
export interface NumberAsked {
  lastTwo: string
  lifetime: string
  next: number | null
}
export const numberAsked = async (
  context: Context,
  owner: Pick<Owner, 'id'>,
  number: string,
): Promise<NumberAsked> => ({
  lastTwo: number.slice(-2),
  lifetime: context.policy.codes.lifetime,
  next: await nextCodeTo(context, owner, purpose, number),
})

/**
 * Sends the code to a number that was typed, which waits from then on. In the caller's transaction.
 * @returns why none went out, beside the number; null also where one just went to the same number, which waits already
 */
export async function askNumber(
  context: Context,
  owner: Owner,
  waiting: Pick<NumberWaiting, 'number' | 'save'>,
  number: string,
): Promise<FieldErrors | null> {
  const unsent = await sendCodeTo(context, owner, purpose, number)
  if (unsent && !(unsent.reason === 'recent' && waiting.number === number)) return { phone: unsentError(unsent) }
  await waiting.save(number)
  return null
}

/** What was done with the page that asks for the code: another number, the code once more, or the code itself. */
export interface NumberForm {
  act: string
  code: string
}
/** `right`: it is theirs, and what follows is the caller's; `notice`: what the same page tells. */
export type NumberAnswer =
  | { outcome: 'right' | 'changed' }
  | { outcome: 'sent'; notice: PlainKey }
  | { outcome: 'wrong'; errors: FieldErrors }

/** Answers that page for a number that waits. In the caller's transaction. */
export async function answerNumber(
  context: Context,
  owner: Owner,
  waiting: NumberWaiting & { number: string },
  { act, code }: NumberForm,
): Promise<NumberAnswer> {
  const { number } = waiting
  if (act === 'change') {
    await waiting.drop()
    return { outcome: 'changed' }
  }
  if (act === 'resend') {
    const unsent = await sendCodeTo(context, owner, purpose, number)
    if (unsent) return { outcome: 'wrong', errors: { code: unsentError(unsent) } }
    if (waiting.withCode) await waiting.save(number)
    return { outcome: 'sent', notice: 'onboarding.code.sent' }
  }
  const verdict = await checkSentCode(context, { accountId: owner.id, purpose, target: number }, code)
  return verdict.ok ? { outcome: 'right' } : { outcome: 'wrong', errors: { code: verdict.error } }
}

/**
 * From here on the number counts, and the one before is put away; the log and its owner are told. In the caller's
 * transaction.
 */
export async function enrolPhone(context: Context, owner: Owner, number: string): Promise<void> {
  await savePhone(context, owner.id, number)
  await record(context, phoneActions.confirmed, { subject: owner.id, actor: context.person?.id ?? owner.id })
  await sendNotice(context, owner, phoneNotices.changed)
}
