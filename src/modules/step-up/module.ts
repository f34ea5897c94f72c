import type { Module } from '../../tenancy/manifest.ts'
import { routes } from './routes.ts'
import { stepUpActions } from './audit-actions.ts'

/** Showing once more who one is. */
export const stepUp: Module = {
  name: 'step-up',
  auditActions: Object.values(stepUpActions),
  required: true,
  mounts: [{ address: '/step-up', routes }],
  samples: () => import('./samples.ts'),
}
