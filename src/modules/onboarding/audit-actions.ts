import { auditAction } from '../../tenancy/audit-action.ts'

/** What is written in the log. */
export const onboardingActions = {
  told: auditAction('account.told', 'onboarding'),
  passwordChosen: auditAction('password.chosen', 'onboarding'),
  credentialsMailed: auditAction('credentials.mailed', 'onboarding'),
  questionSet: auditAction('secretQuestion.set', 'onboarding'),
  birthDate: auditAction('activation.birthDate', 'onboarding'),
  birthDateTriesUsedUp: auditAction('activation.birthDateTriesUsedUp', 'onboarding'),
  step: auditAction('onboarding.step', 'onboarding', { always: ['done', 'next'], everyDay: true }),
  finished: auditAction('onboarding.finished', 'onboarding', { always: ['track'] }),
}
