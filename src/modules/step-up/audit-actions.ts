import { auditAction } from '../../tenancy/audit-action.ts'

/** What is written in the log. */
export const stepUpActions = {
  done: auditAction('stepUp', 'step-up', { always: ['by'], everyDay: true }),
}
