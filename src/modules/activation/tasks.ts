import { invitePeople } from '../../identity/accounts/index.ts'
import { allow } from '../../identity/permissions/index.ts'
import { textPart } from '../../platform/db/text.ts'
import { taskSource } from '../../tenancy/home-parts.ts'
import { mostNamed, namedTasks } from '../../tenancy/named-tasks.ts'
import { expiringPart, type Expiring } from './expiring.ts'

/** Invitations that stop working soon, the first to stop on top. */
export const expiringTasks = taskSource<Expiring[] | null>({
  name: 'expiring',
  order: 50,
  asks: (context) => (allow(context, invitePeople) ? textPart(expiringPart(context, mostNamed)) : null),
  tasks: (_, expiring) =>
    namedTasks(
      expiring ?? [],
      ({ id, name, expiresAt }) => ({
        key: 'activation.todo.expiring',
        until: null,
        name,
        at: new Date(expiresAt),
        href: `/staff/people/${id}/invitation`,
      }),
      (count) => ({ key: 'activation.todo.moreExpiring', until: null, count, href: '/staff/people?show=invited' }),
    ),
})
