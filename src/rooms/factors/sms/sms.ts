import { issueCode } from '../../../tenancy/codes.ts'
import { sendSms } from '../../../tenancy/outbox.ts'
import type { Purpose } from '../../../tenancy/one-time.ts'
import type { Visit } from '../../../tenancy/visit.ts'
import type { Factor, Owner } from '../factor.ts'
import { checkSentCode } from '../sent-code.ts'
import { numberOf } from './phones.ts'

/** Sends a code to a number. @returns seconds to wait when it is too soon, else 0 */
export async function sendCodeTo(visit: Visit, owner: Owner, purpose: Purpose, number: string): Promise<number> {
  const issued = await issueCode(visit, { purpose, accountId: owner.id, target: number })
  if ('wait' in issued) return issued.wait
  await sendSms(visit, { id: owner.id, number, language: owner.language }, issued.code, issued.expiresAt)
  return 0
}

/** A code by SMS to the confirmed number. */
export const sms: Factor = {
  enrolled: ({ phone }) => phone,
  sends: true,
  stepsUp: true,
  asks: 'figures',
  async begin(visit, owner, purpose = 'signInCode') {
    const number = await numberOf(visit, owner.id)
    return number ? sendCodeTo(visit, owner, purpose, number) : 0
  },
  async sentTo(visit, owner) {
    const number = await numberOf(visit, owner.id)
    return number && `•••• ${number.slice(-2)}`
  },
  async check(visit, owner, typed, purpose = 'signInCode') {
    const number = await numberOf(visit, owner.id)
    return checkSentCode(visit, { accountId: owner.id, purpose, ...(number && { target: number }) }, typed)
  },
}
