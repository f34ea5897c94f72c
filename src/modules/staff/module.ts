import type { Module } from '../../tenancy/manifest.ts'
import { helpPeople } from './permissions.ts'
import { routes } from './routes.ts'

/** Finding, inviting and helping people: for the firm's own people, and for clients who may invite colleagues. */
export const staff: Module = {
  name: 'staff',
  required: true,
  permissions: [helpPeople],
  mounts: [{ address: '/staff', routes }],
  samples: () => import('./samples.ts'),
}
