import type { Module } from '../../tenancy/manifest.ts'
import { routes } from './routes.ts'

/** What is known of somebody, and how they sign in: theirs to see and to change. */
export const profile: Module = {
  name: 'profile',
  required: true,
  mounts: [{ address: '/profile', routes, aboutSigningIn: true }],
  samples: () => import('./samples.ts'),
}
