import { z } from 'zod'
import { fragment } from '../../tenancy/fragment.ts'

export const noticeNames = [
  'passwordChanged',
  'emailChanged',
  'phoneChanged',
  'phoneRemoved',
  'secondFactorOn',
  'appChanged',
  'appRemoved',
  'secondFactorOff',
  'backupCodeUsed',
  'backupCodeMade',
  'passkeyAdded',
  'passkeyRemoved',
  'approverAdded',
  'approverRemoved',
  'approvalRefused',
] as const
/** A change to how somebody signs in, that they are told of by mail. */
export type NoticeName = (typeof noticeNames)[number]

/** Which of them a firm mails; all, unless it says otherwise. */
export const noticesPolicy = fragment(
  'notices',
  z
    .array(z.enum(noticeNames))
    .default([...noticeNames])
    .describe('which changes are mailed to the person'),
)
