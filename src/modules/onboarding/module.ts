import type { Module } from '../../tenancy/manifest.ts'
import { onboardingChecks } from './policy-checks.ts'
import { routes } from './routes.ts'
import { steps } from './steps/index.ts'
import { accountTasks } from './tasks.ts'
import { tellStricter } from './tell.ts'
import { mails } from './mails.ts'
import { onboardingActions } from './audit-actions.ts'

/** The steps of a new account, and of one that lacks what the firm asks by now. */
export const onboarding: Module = {
  name: 'onboarding',
  auditActions: Object.values(onboardingActions),
  mails,
  required: true,
  policyChecks: onboardingChecks,
  mounts: [{ address: '/onboarding', routes, aboutSigningIn: true }],
  jobs: [
    {
      name: 'stricter-rules',
      when: '*/10 * * * *',
      atFirm: tellStricter,
      follows: ({ existing }) => existing.mail,
    },
  ],
  steps,
  tasks: [accountTasks],
}
