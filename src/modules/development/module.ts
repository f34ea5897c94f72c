import type { Module } from '../../tenancy/manifest.ts'
import { DevMessage } from './message.ts'
import { routes } from './routes.ts'

/** For developers: what was sent, the clock, every page. In production only its table is there, and empty. */
export const development: Module = {
  name: 'development',
  required: true,
  entities: [DevMessage],
  mounts: [{ address: '/dev', routes, inDevelopment: true }],
  samples: () => import('./samples.ts'),
}
