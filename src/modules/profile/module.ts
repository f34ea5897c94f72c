import type { Module } from '../../tenancy/manifest.ts'
import { mine } from './home/mine.ts'
import { accountNews } from './home/news.ts'
import { security } from './home/security.ts'
import { mailTask } from './home/tasks.ts'
import { routes } from './routes.ts'
import { mails } from './mails.ts'
import { profileActions } from './audit-actions.ts'
import { profileNotices } from './notices.ts'

/** What is known of somebody, and how they sign in: theirs to see and to change. */
export const profile: Module = {
  name: 'profile',
  auditActions: Object.values(profileActions),
  mails,
  notices: Object.values(profileNotices),
  required: true,
  mounts: [{ address: '/profile', routes, aboutSigningIn: true }],
  widgets: [mine, security],
  tasks: [mailTask],
  news: [accountNews],
  samples: () => import('./samples.ts'),
}
