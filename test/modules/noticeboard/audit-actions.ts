import { auditAction } from '../../../src/tenancy/audit-action.ts'

/** What is written in the log. `length`: how many signs the note has. */
export const boardActions = {
  putUp: auditAction('noticeboard.putUp', 'noticeboard', { always: ['length'] }),
}
