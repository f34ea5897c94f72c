import type { Module } from '../../tenancy/manifest.ts'
import { routes } from './routes.ts'

/** What is wrong with a password, said while it is typed. */
export const passwordRules: Module = {
  name: 'password-rules',
  required: true,
  mounts: [{ address: '/accounts', routes }],
}
