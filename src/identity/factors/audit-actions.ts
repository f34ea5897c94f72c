import { auditAction } from '../../tenancy/audit-action.ts'

/** What is written in the log. */
export const factorActions = {
  unreadable: auditAction('factor.unreadable', 'factors', { always: ['factor'] }),
  switchedOff: auditAction('secondFactor.switchedOff', 'factors'),
}
