import { auditAction } from '../../../tenancy/audit-action.ts'

/** What is written in the log. */
export const authenticatorActions = {
  confirmed: auditAction('authenticator.confirmed', 'factors', { sometimes: ['as'] }),
  renamed: auditAction('authenticator.renamed', 'factors'),
  removed: auditAction('authenticator.removed', 'factors'),
}
