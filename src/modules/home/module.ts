import type { Module } from '../../tenancy/manifest.ts'
import { homePolicy } from './policy.ts'
import { routes } from './routes.ts'
import { information } from './widgets/information.ts'
import { activity } from './widgets/news.ts'
import { todo } from './widgets/todo.ts'
import { homeActions } from './audit-actions.ts'

/** The home page, made of what all modules have for it. */
export const home: Module = {
  name: 'home',
  auditActions: Object.values(homeActions),
  required: true,
  policy: [homePolicy],
  mounts: [{ address: '', routes }],
  tabs: [{ name: 'home', order: 10, icon: 'house', href: '/home' }],
  widgets: [todo, activity, information],
  samples: () => import('./samples.ts'),
}
