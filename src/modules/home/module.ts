import type { Module } from '../../tenancy/manifest.ts'
import { routes } from './routes.ts'

/** The home page, made of what all modules have for it. */
export const home: Module = {
  name: 'home',
  mounts: [{ address: '', routes }],
  samples: () => import('./samples.ts'),
}
