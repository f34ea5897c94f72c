import { howMany, seeEverybody, unreachablePeople } from '../../../identity/accounts/index.ts'
import { allow } from '../../../identity/permissions/index.ts'
import type { PersonContext } from '../../../tenancy/context.ts'
import { taskSource } from '../../../tenancy/home-parts.ts'
import { widgetsOf } from '../../home/index.ts'

/**
 * Addresses that do not work stand by name where somebody has the list of who is stuck; elsewhere they are counted
 * here.
 */
const counts = (context: PersonContext) => allow(context, seeEverybody) && !widgetsOf(context).includes('stuck')

/** How many people get no mail. */
export const bouncingTask = taskSource<number | null>({
  name: 'bouncing',
  order: 60,
  asks: (context) => (counts(context) ? howMany(unreachablePeople) : null),
  tasks: (_, count) =>
    count ? [{ key: 'staff.todo.bouncing', until: null, count, href: '/staff/people?show=mail' }] : [],
})
