import type { Module } from '../../tenancy/manifest.ts'
import { tellAlarms } from './own-browser.ts'
import { routes, signOut } from './routes.ts'
import { mails } from './mails.ts'
import { signInActions } from './audit-actions.ts'

/** Signing in and out. */
export const signIn: Module = {
  name: 'sign-in',
  auditActions: Object.values(signInActions),
  mails,
  required: true,
  mounts: [
    { address: '/sign-in', routes },
    { address: '/sign-out', routes: signOut },
  ],
  jobs: [{ name: 'sign-in-alarms', when: '* * * * *', atFirm: tellAlarms }],
  samples: () => import('./samples.ts'),
}
