import { auditAction } from '../../../tenancy/audit-action.ts'

/** What is written in the log. */
export const devicePromptActions = {
  asked: auditAction('approval.asked', 'factors', { always: ['purpose'], everyDay: true }),
  answered: auditAction('approval.answered', 'factors', { always: ['purpose', 'answer'], everyDay: true }),
  told: auditAction('approval.told', 'factors'),
  offered: auditAction('approver.offered', 'factors'),
  added: auditAction('approver.added', 'factors'),
  renamed: auditAction('approver.renamed', 'factors'),
  removed: auditAction('approver.removed', 'factors'),
}
