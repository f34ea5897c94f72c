import { auditAction } from '../../tenancy/audit-action.ts'

/** What is written in the log. */
export const signInActions = {
  password: auditAction('signIn.password', 'sign-in', { everyDay: true }),
  secondStep: auditAction('signIn.secondStep', 'sign-in', { always: ['factor'], everyDay: true }),
  passkey: auditAction('signIn.passkey', 'sign-in', { everyDay: true }),
  alarm: auditAction('signIn.alarm', 'sign-in'),
  browserKnown: auditAction('signIn.browserKnown', 'sign-in', { everyDay: true }),
}
