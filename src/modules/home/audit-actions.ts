import { auditAction } from '../../tenancy/audit-action.ts'

/** What is written in the log. */
export const homeActions = {
  language: auditAction('account.language', 'home', { always: ['language'], everyDay: true }),
}
