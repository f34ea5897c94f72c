import { auditAction, firmAction } from '../../../tenancy/audit-action.ts'

/** What is written in the log. */
export const phoneActions = {
  confirmed: auditAction('phone.confirmed', 'factors'),
  removed: auditAction('phone.removed', 'factors'),
  usedUp: firmAction('sms.usedUp'),
}
