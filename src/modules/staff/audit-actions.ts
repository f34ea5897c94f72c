import { auditAction } from '../../tenancy/audit-action.ts'

/** What is written in the log. */
export const staffActions = {
  viewed: auditAction('person.viewed', 'staff'),
  blocked: auditAction('account.blocked', 'staff'),
  unblocked: auditAction('account.unblocked', 'staff'),
}
