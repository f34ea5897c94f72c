import { termsRecords } from './records.ts'
import type { Module } from '../../tenancy/manifest.ts'
import { TermsAcceptance } from './entity.ts'
import { termsHaveAStep, termsPolicy } from './policy.ts'
import { agreedOf, ownAgreed } from './sections.ts'
import { termsRequirement } from './requirement.ts'
import { routes } from './routes.ts'
import { seed } from './seed.ts'
import { termsStep } from './step.ts'
import { termsActions } from './audit-actions.ts'

/** A text of the firm that everybody agrees to, and again when it changes. */
export const terms: Module = {
  name: 'terms',
  records: [termsRecords],
  auditActions: Object.values(termsActions),
  required: true,
  policy: [termsPolicy],
  policyChecks: [termsHaveAStep],
  entities: [TermsAcceptance],
  steps: [termsStep],
  requirements: [termsRequirement],
  sections: [agreedOf, ownAgreed],
  mounts: [{ address: '/terms', routes }],
  seed,
  samples: () => import('./samples.ts'),
}
