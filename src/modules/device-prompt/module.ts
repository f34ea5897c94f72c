import type { Module } from '../../tenancy/manifest.ts'
import { routes } from './routes.ts'

/** Answering on one device what is asked on another. */
export const devicePrompt: Module = {
  name: 'device-prompt',
  required: true,
  mounts: [{ address: '/approve', routes, aboutSigningIn: true }],
  samples: () => import('./samples.ts'),
}
