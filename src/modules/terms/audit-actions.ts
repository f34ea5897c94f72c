import { auditAction } from '../../tenancy/audit-action.ts'

/** What is written in the log. */
export const termsActions = {
  accepted: auditAction('terms.accepted', 'terms', { always: ['version', 'text', 'language'] }),
}
