import type { Module } from '../../tenancy/manifest.ts'
import { onboardingChecks } from './policy-checks.ts'
import { routes } from './routes.ts'
import { AnsweredForm, Run, Staged, StepMark } from './run.ts'
import { sweepOnboarding } from './sweep.ts'
import { tellStricter } from './tell.ts'

/** The steps of a new account, and of one that lacks what the firm asks by now. */
export const onboarding: Module = {
  name: 'onboarding',
  required: true,
  policyChecks: onboardingChecks,
  entities: [Run, StepMark, AnsweredForm, Staged],
  mounts: [{ address: '/onboarding', routes, aboutSigningIn: true }],
  jobs: [
    { name: 'onboarding', when: '*/10 * * * *', atFirm: sweepOnboarding },
    { name: 'stricter-rules', when: '*/10 * * * *', atFirm: tellStricter },
  ],
  samples: () => import('./samples.ts'),
}
