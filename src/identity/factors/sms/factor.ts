import { phoneRecords } from './records.ts'
import { phoneActions } from './audit-actions.ts'
import { issueCode, obstacle, type CodeFor, type NotSent, type Purpose } from '../../tokens/index.ts'
import { sendSms } from '../../../tenancy/outbox.ts'
import type { Context } from '../../../tenancy/context.ts'
import { readPhone } from '../../accounts/index.ts'
import type { Factor, Owner } from '../factor.ts'
import { sendingNow } from '../sending.ts'
import { checkSentCode } from '../sent-code.ts'
import { logUsedUp, smsBudget } from './budget.ts'
import { Phone } from './entity.ts'
import { phoneNotices } from './notices.ts'
import { phoneChecks } from './policy-check.ts'
import { phoneRow } from './row.ts'
import { numberOf, phones, savePhone, sealedNumbers } from './store.ts'

/** Never to this number. */
const elsewhere: NotSent = { reason: 'country', seconds: 0 }

/** Whether the firm sends SMS to this number: also one that was kept before its choices changed. */
export const mayText = ({ policy }: Context, number: string): boolean => readPhone(number, policy.sms.countries).ok

const codeFor = (context: Context, owner: Owner, purpose: Purpose, number: string): CodeFor => ({
  purpose,
  accountId: owner.id,
  target: number,
  budget: smsBudget(context),
})

/** Sends a code to a number. @returns why none went out; else null */
export async function sendCodeTo(
  context: Context,
  owner: Owner,
  purpose: Purpose,
  number: string,
): Promise<NotSent | null> {
  if (!mayText(context, number)) return elsewhere
  const issued = await issueCode(context, codeFor(context, owner, purpose, number))
  if ('unsent' in issued) {
    if (issued.unsent.reason === 'budget') await logUsedUp(context)
    return issued.unsent
  }
  await sendSms(context, { id: owner.id, number, language: owner.language }, issued.code, issued.expiresAt)
  return null
}

/** In how many seconds another code can be sent to a number; null: now. For the page; counts nothing. */
export const nextCodeTo = async (
  context: Context,
  owner: Pick<Owner, 'id'>,
  purpose: Purpose,
  number: string,
): Promise<number | null> =>
  (await obstacle(context, { purpose, accountId: owner.id, target: number, budget: smsBudget(context) }))?.seconds ??
  null

/** A code by SMS to the confirmed number. */
export const sms: Factor = {
  name: 'sms',
  kind: 'own',
  entities: [Phone],
  auditActions: Object.values(phoneActions),
  notices: Object.values(phoneNotices),
  records: [phoneRecords],
  enrolments: phones,
  endsTrust: true,
  sends: true,
  stepsUp: true,
  strength: 20,
  sentAs: 'sms',
  byDefault: 2,
  policyCheck: phoneChecks,
  sealed: { column: 'number', notice: phoneNotices.removed, rows: sealedNumbers },
  asks: 'figures',
  async row(context, { offers }) {
    const number = await numberOf(context, context.person.id)
    return offers || number ? phoneRow(number?.slice(-2) ?? null, offers) : null
  },
  invented: {
    for: 'clients',
    give: (context, accountId, { number }, since) => savePhone(context, accountId, number, since),
  },
  sample: { sentTo: '•••• 78', ask: {} },
  async begin(context, owner, purpose) {
    const number = await numberOf(context, owner.id, owner.hadAt)
    return number ? sendCodeTo(context, owner, purpose, number) : null
  },
  async sending(context, owner, purpose) {
    const number = await numberOf(context, owner.id, owner.hadAt)
    if (!number) return { sent: false, unsent: null, next: null }
    return mayText(context, number)
      ? sendingNow(context, codeFor(context, owner, purpose, number))
      : { sent: false, unsent: elsewhere, next: null }
  },
  async sentTo(context, owner) {
    const number = await numberOf(context, owner.id, owner.hadAt)
    return number && `•••• ${number.slice(-2)}`
  },
  async check(context, owner, typed, purpose) {
    const number = await numberOf(context, owner.id, owner.hadAt)
    return checkSentCode(context, { accountId: owner.id, purpose, ...(number && { target: number }) }, typed)
  },
}
