import { sendMail, type Recipient } from './outbox.ts'
import type { NoticeName } from './policy.ts'
import type { Visit } from './visit.ts'

/** Tells somebody by mail that something about the safety of their account changed, where the firm's policy says so. For information: "was this not you?" says what to do. */
export async function sendNotice(visit: Visit, to: Recipient & { name: string }, notice: NoticeName): Promise<void> {
  if (!visit.policy.notices.includes(notice)) return
  await sendMail(visit, to, { purpose: notice, params: { name: to.name } })
}
