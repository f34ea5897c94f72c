import { auditAction } from '../../tenancy/audit-action.ts'

/** What is written in the log. */
export const accountActions = {
  exported: auditAction('account.exported', 'accounts'),
}
