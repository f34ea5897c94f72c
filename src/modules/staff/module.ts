import type { Module } from '../../tenancy/manifest.ts'
import { invitePeople } from '../../identity/accounts/index.ts'
import { allow } from '../../identity/permissions/index.ts'
import { health } from './home/health.ts'
import { joinedNews } from './home/news.ts'
import { people } from './home/people.ts'
import { stuck } from './home/stuck.ts'
import { bouncingTask } from './home/tasks.ts'
import { helpPeople } from './permissions.ts'
import { routes } from './routes.ts'
import { staffActions } from './audit-actions.ts'

/** Finding, inviting and helping people: for the firm's own people, and for clients who may invite colleagues. */
export const staff: Module = {
  name: 'staff',
  auditActions: Object.values(staffActions),
  required: true,
  permissions: [helpPeople],
  mounts: [{ address: '/staff', routes }],
  tabs: [
    {
      name: 'people',
      order: 80,
      icon: 'users',
      href: '/staff/people',
      below: '/staff',
      suits: (context) => allow(context, invitePeople),
    },
  ],
  widgets: [stuck, people, health],
  tasks: [bouncingTask],
  news: [joinedNews],
  samples: () => import('./samples.ts'),
}
