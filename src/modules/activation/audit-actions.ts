import { auditAction } from '../../tenancy/audit-action.ts'

/** What is written in the log. */
export const invitationActions = {
  invited: auditAction('account.invited', 'activation', { sometimes: ['again', 'elsewhere', 'held'] }),
  requested: auditAction('invitation.requested', 'activation'),
  resent: auditAction('invitation.resent', 'activation'),
  withdrawn: auditAction('invitation.withdrawn', 'activation'),
}
