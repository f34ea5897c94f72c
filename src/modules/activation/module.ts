import type { Module } from '../../tenancy/manifest.ts'
import { sendHeld } from './hold.ts'
import { routes } from './routes.ts'

/** Invitations, and the link in them. */
export const activation: Module = {
  name: 'activation',
  mounts: [{ address: '/activation', routes }],
  jobs: [{ name: 'held-invitations', when: '*/10 * * * *', atFirm: sendHeld }],
  samples: () => import('./samples.ts'),
}
