import type { Module } from '../../tenancy/manifest.ts'
import { homePolicy } from './policy.ts'
import { routes } from './routes.ts'

/** The home page, made of what all modules have for it. */
export const home: Module = {
  name: 'home',
  required: true,
  policy: [homePolicy],
  mounts: [{ address: '', routes }],
  samples: () => import('./samples.ts'),
}
