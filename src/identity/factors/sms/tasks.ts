import type { SqlBool } from 'kysely'
import { taskSource } from '../../../tenancy/home-parts.ts'
import { watchFirm } from '../../accounts/index.ts'
import { allow } from '../../permissions/index.ts'
import { smsUsedUp } from './budget.ts'

/** Nobody gets a code by SMS just now: for who decides for the firm. */
export const smsTask = taskSource<SqlBool | null>({
  name: 'smsUsedUp',
  order: 30,
  asks: (context) => (allow(context, watchFirm) ? smsUsedUp(context) : null),
  tasks: (_, usedUp) => (usedUp ? [{ key: 'factors.todo.smsUsedUp', until: null, href: null }] : []),
})
