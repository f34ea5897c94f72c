import { auditAction } from '../../tenancy/audit-action.ts'

/** What is written in the log. */
export const sessionActions = {
  signedIn: auditAction('signIn.done', 'accounts', { everyDay: true }),
}
