import { auditAction } from '../../../src/tenancy/audit-action.ts'

/** What is written in the log. */
export const cardActions = {
  added: auditAction('card.added', 'card'),
  renamed: auditAction('card.renamed', 'card'),
  removed: auditAction('card.removed', 'card'),
}
