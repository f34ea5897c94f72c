import { auditAction } from '../../../tenancy/audit-action.ts'

/** What is written in the log. */
export const backupCodeActions = {
  made: auditAction('backupCode.made', 'factors'),
}
