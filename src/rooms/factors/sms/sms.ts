import { issueCode, obstacle, type CodeFor, type NotSent } from '../../../tenancy/codes.ts'
import { sendSms } from '../../../tenancy/outbox.ts'
import type { Purpose } from '../../../tenancy/one-time.ts'
import type { Visit } from '../../../tenancy/visit.ts'
import { readPhone } from '../../accounts/index.ts'
import type { Factor, Owner } from '../factor.ts'
import { standing } from '../sending.ts'
import { checkSentCode } from '../sent-code.ts'
import { logUsedUp, smsBudget } from './budget.ts'
import { numberOf } from './phones.ts'

/** Never to this number. */
const elsewhere: NotSent = { reason: 'country', seconds: 0 }

/** Whether the firm sends SMS to this number: also one that was kept before its choices changed. */
export const mayText = ({ policy }: Visit, number: string): boolean => readPhone(number, policy.sms.countries).ok

const codeFor = (visit: Visit, owner: Owner, purpose: Purpose, number: string): CodeFor => ({
  purpose,
  accountId: owner.id,
  target: number,
  budget: smsBudget(visit),
})

/** Sends a code to a number. @returns why none went out; else null */
export async function sendCodeTo(
  visit: Visit,
  owner: Owner,
  purpose: Purpose,
  number: string,
): Promise<NotSent | null> {
  if (!mayText(visit, number)) return elsewhere
  const issued = await issueCode(visit, codeFor(visit, owner, purpose, number))
  if ('unsent' in issued) {
    if (issued.unsent.reason === 'budget') await logUsedUp(visit)
    return issued.unsent
  }
  await sendSms(visit, { id: owner.id, number, language: owner.language }, issued.code, issued.expiresAt)
  return null
}

/** In how many seconds another code can be sent to a number; null: now. For the page; counts nothing. */
export const nextCodeTo = async (
  visit: Visit,
  owner: Pick<Owner, 'id'>,
  purpose: Purpose,
  number: string,
): Promise<number | null> =>
  (await obstacle(visit, { purpose, accountId: owner.id, target: number, budget: smsBudget(visit) }))?.seconds ?? null

/** A code by SMS to the confirmed number. */
export const sms: Factor = {
  enrolled: ({ phone }) => phone,
  sends: true,
  stepsUp: true,
  asks: 'figures',
  async begin(visit, owner, purpose = 'signInCode') {
    const number = await numberOf(visit, owner.id, owner.hadAt)
    return number ? sendCodeTo(visit, owner, purpose, number) : null
  },
  async sending(visit, owner, purpose) {
    const number = await numberOf(visit, owner.id, owner.hadAt)
    if (!number) return { sent: false, unsent: null }
    return mayText(visit, number)
      ? standing(visit, codeFor(visit, owner, purpose, number))
      : { sent: false, unsent: elsewhere }
  },
  async sentTo(visit, owner) {
    const number = await numberOf(visit, owner.id, owner.hadAt)
    return number && `•••• ${number.slice(-2)}`
  },
  async check(visit, owner, typed, purpose = 'signInCode') {
    const number = await numberOf(visit, owner.id, owner.hadAt)
    return checkSentCode(visit, { accountId: owner.id, purpose, ...(number && { target: number }) }, typed)
  },
}
