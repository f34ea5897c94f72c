import { auditAction } from '../../tenancy/audit-action.ts'

/** What is written in the log. */
export const profileActions = {
  named: auditAction('account.name', 'profile'),
  notMe: auditAction('account.notMe', 'profile', { always: ['away', 'back', 'mail'] }),
  emailAsked: auditAction('email.asked', 'profile'),
  emailChanged: auditAction('email.changed', 'profile'),
  passwordChanged: auditAction('password.changed', 'profile'),
  sessionEnded: auditAction('session.ended', 'profile', { everyDay: true }),
  othersEnded: auditAction('session.othersEnded', 'profile'),
  distrusted: auditAction('computer.distrusted', 'profile'),
  allDistrusted: auditAction('computer.allDistrusted', 'profile'),
}
