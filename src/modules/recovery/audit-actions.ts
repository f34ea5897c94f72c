import { auditAction } from '../../tenancy/audit-action.ts'

/** What is written in the log. */
export const recoveryActions = {
  passwordReset: auditAction('password.reset', 'recovery'),
  asked: auditAction('reset.asked', 'recovery'),
  started: auditAction('reset.started', 'recovery'),
  way: auditAction('reset.way', 'recovery', { always: ['factor'] }),
  question: auditAction('reset.question', 'recovery'),
  secondStep: auditAction('reset.secondStep', 'recovery', { always: ['factor'] }),
  requested: auditAction('recovery.requested', 'recovery', { always: ['kind'] }),
  cancelled: auditAction('recovery.cancelled', 'recovery'),
  released: auditAction('recovery.released', 'recovery', { sometimes: ['why'] }),
  overtaken: auditAction('recovery.overtaken', 'recovery'),
  unreadable: auditAction('recovery.unreadable', 'recovery'),
  done: auditAction('recovery.done', 'recovery', { always: ['kind'] }),
}
